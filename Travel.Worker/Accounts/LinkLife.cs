using Microsoft.Extensions.Localization;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Accounts;

internal static class LinkLife
{
    /// <summary><c>24 hours</c>, or <c>30 minutes</c> for what is not whole hours.</summary>
    public static string InWords(TimeSpan lifetime, IStringLocalizer<MailTexts> texts) => lifetime switch
    {
        { TotalHours: 1 } => texts["Hour"],
        _ when lifetime.Ticks % TimeSpan.TicksPerHour == 0 => texts["Hours", (int)lifetime.TotalHours],
        _ => texts["Minutes", (int)lifetime.TotalMinutes],
    };
}
