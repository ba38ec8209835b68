namespace Aspire.Hosting.ApplicationModel;

/// <param name="Content">RFC 3339 time stamp, a space, the text.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
