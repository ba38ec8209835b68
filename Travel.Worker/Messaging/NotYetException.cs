namespace Travel.Worker.Messaging;

/// <summary>
/// A message cannot be handled before something ends that is sure to end, such as the lease of a sender that has died. It comes back soon, and
/// what it waits for does not use up its attempts.
/// </summary>
internal abstract class NotYetException(string message) : Exception(message);
