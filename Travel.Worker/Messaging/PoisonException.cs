namespace Travel.Worker.Messaging;

/// <summary>No attempt will ever succeed with this message, so none is made: it lies with the dead letters at once.</summary>
internal sealed class PoisonException(string message, Exception? innerException = null) : Exception(message, innerException);
