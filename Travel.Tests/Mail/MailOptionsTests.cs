using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Travel.Worker.Mail;

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
