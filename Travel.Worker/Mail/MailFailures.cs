using System.Runtime.ExceptionServices;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

/// <summary>What several mails of one message came to is one thing to the queue.</summary>
internal static class MailFailures
{
    /// <summary>
    /// A failure counts as an attempt at the message; that another mail has to wait does not change that. Poison ends the message, and so only when
    /// nothing else is to be had of it.
    /// </summary>
    public static void Throw(IReadOnlyList<Exception> exceptions)
    {
        if (exceptions is [])
        {
            return;
        }

        List<Exception> failures = [.. exceptions.Where(exception => exception is not NotYetException)];
        if (failures.TrueForAll(failure => failure is PoisonException))
        {
            ExceptionDispatchInfo.Throw(exceptions.FirstOrDefault(exception => exception is NotYetException) ?? failures[0]);
        }

        if (failures is [var only])
        {
            ExceptionDispatchInfo.Throw(only);
        }

        throw new AggregateException(failures);
    }
}
