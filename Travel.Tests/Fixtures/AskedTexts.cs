using Microsoft.Extensions.Localization;
using Travel.Worker.Mail.Templates;

namespace Travel.Tests.Fixtures;

/// <summary>The texts of mails, and which of them somebody has asked for.</summary>
internal sealed class AskedTexts(IStringLocalizer<MailTexts> texts) : IStringLocalizer<MailTexts>
{
    public List<LocalizedString> Seen { get; } = [];

    public LocalizedString this[string name] => Note(texts[name]);

    public LocalizedString this[string name, params object[] arguments] => Note(texts[name, arguments]);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);

    private LocalizedString Note(LocalizedString text)
    {
        Seen.Add(text);
        return text;
    }
}
