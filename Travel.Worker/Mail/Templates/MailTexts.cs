namespace Travel.Worker.Mail.Templates;

/// <summary>The texts of all mails: <c>MailTexts.resx</c>, and one file beside it for each further language.</summary>
internal sealed class MailTexts;
