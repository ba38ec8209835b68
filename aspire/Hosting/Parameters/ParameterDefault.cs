using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

/// <summary>A random text; 22 characters of all four kinds are more than 128 bits.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Without what is easily taken for something else. No braces among the special ones: DCP takes two in a row for a template.
    private const string LowerCharacters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericCharacters = "0123456789";
    private const string SpecialCharacters = "-_.~()*+!";

    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        (bool Used, string Characters, int AtLeast)[] kinds =
        [
            (Lower, LowerCharacters, MinLower),
            (Upper, UpperCharacters, MinUpper),
            (Numeric, NumericCharacters, MinNumeric),
            (Special, SpecialCharacters, MinSpecial),
        ];
        var all = string.Concat(kinds.Where(k => k.Used).Select(k => k.Characters));
        if (all.Length == 0)
            throw new InvalidOperationException("A generated value needs at least one kind of character.");
        var value = string.Concat(kinds.Where(k => k.Used).Select(k => RandomNumberGenerator.GetString(k.Characters, k.AtLeast))).ToList();
        value.AddRange(RandomNumberGenerator.GetString(all, Math.Max(0, MinLength - value.Count)));
        var characters = value.ToArray();
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        return new(characters);
    }
}

/// <summary>Generates once and keeps the value in the AppHost's user secrets, from where it comes as configuration the next time.</summary>
internal sealed class PersistedParameterDefault(ParameterDefault inner, string key, UserSecretsFile secrets) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var value = inner.GetDefaultValue();
        secrets.TrySet(key, value);
        return value;
    }
}
