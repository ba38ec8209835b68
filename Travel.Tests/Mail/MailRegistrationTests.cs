using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Travel.Contracts.Bookings;
using Travel.Domain.Messaging;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Preview;
using Travel.Worker.Messaging;

namespace Travel.Tests.Mail;

public sealed class MailRegistrationTests
{
    private static readonly IReadOnlyList<MailRoute> All = Registered();

    /// <summary>Of a mail of its own each, unlike the one that leads to another.</summary>
    private static readonly IReadOnlyList<MailRoute> Routes = [.. All.Where(route => route != SendMailAgain.Route)];

    [Fact]
    public void Every_event_that_comes_to_a_mail_queue_has_a_mail_and_every_mail_an_event_that_comes() =>
        All.Select(route => route.RoutingKey).Distinct().ShouldBe([.. Topology.UrgentMail.Events, .. Topology.BulkMail.Events], ignoreOrder: true);

    [Fact]
    public void Of_what_comes_many_at_a_time_all_but_the_reminder_of_check_in_can_be_done_without_and_nothing_else_can() =>
        Routes.Where(route => route.IsSubscription).Select(route => route.RoutingKey).Append(CheckInReminderDue.RoutingKey)
            .ShouldBe(Topology.BulkMail.Events, ignoreOrder: true);

    [Fact]
    public void Every_mail_has_a_name_of_its_own_that_can_be_in_an_address()
    {
        Routes.Select(route => route.Kind).ShouldBeUnique();
        Routes.ShouldAllBe(route => route.Kind.Length <= 50 && route.Kind.All(letter => char.IsAsciiLetterLower(letter) || letter == '-'));
    }

    [Fact]
    public void Every_kind_of_mail_can_be_looked_at()
    {
        MailSamples.All.Select(sample => sample.Kind).Distinct().ShouldBe(Routes.Select(route => route.Kind), ignoreOrder: true);
        MailSamples.All.Select(sample => sample.Name).ShouldBeUnique();
    }

    [Theory]
    [InlineData("BulkMail", 5)]
    [InlineData("PaymentNotices", 2)]
    public void What_nobody_waits_for_is_worked_on_two_at_a_time_unless_somebody_says_otherwise(string set, int atATime)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Consumers:{set}:Concurrency", "5")]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddMail();
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<ConsumerOptions>>();

        options.Get(Topology.BulkMail.Name).Concurrency.ShouldBe(atATime);
        options.Get(Topology.UrgentMail.Name).Concurrency.ShouldBe(8);
    }

    private static List<MailRoute> Registered()
    {
        var services = new ServiceCollection();
        services.AddMail();
        return [.. services.Where(service => service.ServiceType == typeof(MailRoute)).Select(service => (MailRoute)service.ImplementationInstance!)];
    }
}
