using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Travel.Worker.Mail;
using Travel.Worker.Messaging;

namespace Travel.Tests.Mail;

public sealed class MailOptionsTests
{
    private const string Elsewhere = "smtp://mail.example.org:587";

    [Theory]
    [InlineData(Elsewhere, "startTls")]
    [InlineData("smtp://127.0.0.1:587", "none")]
    [InlineData("smtp://localhost:587", "none")]
    public void A_password_goes_over_TLS_or_does_not_leave_the_machine(string server, string security) =>
        Of(server, ("Security", security), ("UserName", "travel"), ("Password", "secret")).UserName.ShouldBe("travel");

    [Fact]
    public void A_password_that_others_could_read_on_its_way_is_refused_at_the_start_and_not_repeated()
    {
        var refused = Should.Throw<OptionsValidationException>(() => Of(Elsewhere, ("UserName", "travel"), ("Password", "secret")));

        refused.Message.ShouldContain("Mail:Security");
        refused.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("UserName")]
    [InlineData("Password")]
    public void A_user_name_and_a_password_come_together(string alone) =>
        Should.Throw<OptionsValidationException>(() => Of(Elsewhere, ("Security", "startTls"), (alone, "something"))).Message.ShouldContain("come together");

    [Theory]
    [InlineData("mail.example.org:587")]
    [InlineData("//mail.example.org:587")]
    [InlineData("mail.example.org")]
    [InlineData("smtps://mail.example.org:465")]
    [InlineData("http://mail.example.org:587")]
    [InlineData("smtp://mail.example.org")]
    [InlineData("smtp://mail.example.org:0")]
    public void A_server_is_an_SMTP_address_with_a_port(string server) => RefusalOf(server).ShouldContain("smtp://host:port");

    [Theory]
    [InlineData("smtp://travel:secret@mail.example.org:587")]
    [InlineData("smtp://travel@127.0.0.1:587")]
    public void A_servers_address_names_no_user(string server)
    {
        var refusal = RefusalOf(server);

        refusal.ShouldContain("Mail:UserName");
        refusal.ShouldNotContain("secret");
    }

    [Fact]
    public void Without_a_server_there_is_no_mail() =>
        Should.Throw<OptionsValidationException>(() => Of("")).Message.ShouldContain("Server field is required");

    [Theory]
    [InlineData("00:00:20", "00:00:40")]
    [InlineData("00:01:00", "00:01:30")]
    public void A_sender_has_a_mail_to_itself_for_longer_than_twice_the_servers_time(string timeout, string lease) =>
        Should.Throw<OptionsValidationException>(() => Of(Elsewhere, ("Timeout", timeout), ("Lease", lease))).Message.ShouldContain("longer than twice Mail:Timeout");

    [Fact]
    public void As_many_connections_are_open_as_mails_are_in_hand_unless_somebody_says_otherwise()
    {
        var defaults = new MailOptions();

        defaults.IsLongLease.ShouldBeTrue();
        defaults.MostConnections.ShouldBe(new ConsumerOptions().Concurrency + 2);
    }

    /// <summary>Of what is set as <c>Mail:Server</c>, which goes before the connection string.</summary>
    private static string RefusalOf(string server) =>
        Should.Throw<OptionsValidationException>(() => Of(Elsewhere, ("Server", server), ("UserName", "travel"), ("Password", "word"))).Message;

    private static MailOptions Of(string server, params IEnumerable<(string Name, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("ConnectionStrings:mail", server), new("Mail:WebAddress", "http://localhost:5080"), .. settings.Select(setting => KeyValuePair.Create("Mail:" + setting.Name, (string?)setting.Value)),
        ]);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration.Build());
        services.AddMail();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<MailOptions>>().Value;
    }
}
