using Microsoft.Extensions.DependencyInjection;
using Travel.Domain.Messaging;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

public sealed class MailRegistrationTests
{
    [Fact]
    public void Every_event_that_comes_to_the_mail_queue_has_a_mail_and_every_mail_an_event_that_comes()
    {
        var services = new ServiceCollection();
        services.AddMail();

        services.Where(service => service.ServiceType == typeof(MailRoute))
            .Select(service => ((MailRoute)service.ImplementationInstance!).RoutingKey)
            .Distinct()
            .ShouldBe(Topology.UrgentMail.Events, ignoreOrder: true);
    }
}
