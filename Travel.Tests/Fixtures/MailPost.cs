using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Mail;
using Travel.Worker.Accounts;
using Travel.Worker.Mail;

namespace Travel.Tests.Fixtures;

/// <summary>The worker's mail room without its queue: on the graph's database, with a mail server of its own.</summary>
internal sealed class MailPost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private MailPost(ServiceProvider services) => this.services = services;

    public static async Task<MailPost> OnAsync(TravelGraph graph, SmtpListener server, params IEnumerable<(string Name, string Value)> settings)
    {
        var database = $"{await graph.App.GetConnectionStringAsync(ResourceNames.Database)};Pooling=false";
        var room = new ServiceCollection();
        room.AddLogging();
        room.AddSingleton(TimeProvider.System);
        room.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("ConnectionStrings:mail", server.Address.AbsoluteUri), new("Mail:WebAddress", graph.Web.AbsoluteUri),
            .. settings.Select(setting => KeyValuePair.Create("Mail:" + setting.Name, (string?)setting.Value)),
        ]).Build());
        room.AddDbContext<TravelDbContext>(options => options.UseNpgsql(database));
        room.AddMail();
        room.AddMailFor<PasswordChanged, Digest>();
        return new MailPost(room.BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>One that people have to know.</summary>
    public Task SendAsync(Guid eventId, Guid userId, CancellationToken cancellationToken = default) =>
        SendAsync<PasswordChangedNotice>(eventId, userId, cancellationToken);

    /// <summary>One that people can do without.</summary>
    public Task SendDigestAsync(Guid eventId, Guid userId) => SendAsync<Digest>(eventId, userId, CancellationToken.None);

    /// <summary>One of its connections, which no mail has then.</summary>
    public Task<SmtpConnections.Place> TakePlaceAsync() => services.GetRequiredService<SmtpConnections>().TakePlaceAsync(CancellationToken.None);

    public async Task<MailMessage?> MailAsync(Guid eventId)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TravelDbContext>().Mails.AsNoTracking().SingleOrDefaultAsync(mail => mail.EventId == eventId);
    }

    private async Task SendAsync<TMail>(Guid eventId, Guid userId, CancellationToken cancellationToken)
        where TMail : IMail<PasswordChanged>
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendMail<PasswordChanged, TMail>>()
            .ExecuteAsync(eventId, new PasswordChanged(userId, TimeProvider.System.GetUtcNow()), cancellationToken);
    }

    internal sealed class Digest(TravelDbContext db) : IMail<PasswordChanged>
    {
        public static string Kind => "test-digest";

        public static bool IsSubscription => true;

        public async Task<MailDraft?> DraftAsync(PasswordChanged message, CancellationToken cancellationToken)
        {
            var user = await db.Users.AsNoTracking().SingleAsync(found => found.Id == message.UserId, cancellationToken);
            return new MailDraft(user.Id, user.Email, user.DisplayName, BookingId: null, _ => Task.FromResult(
                new Letter { Subject = "Your week", Greeting = "Hello,", Lead = ["It was a week."], Footer = "You get this mail because it is a test." }));
        }
    }
}
