namespace Travel.Domain.Reviews;

/// <summary>What somebody wants to say in public, and what is wrong with it.</summary>
public static class ReviewWords
{
    public static Dictionary<string, string[]> ErrorsOf(int rating, string text)
    {
        var errors = ErrorsOf(text);
        if (rating is < 1 or > 5)
        {
            errors["rating"] = ["Between 1 and 5, where 5 is best."];
        }

        return errors;
    }

    public static Dictionary<string, string[]> ErrorsOf(string text)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
        {
            errors["text"] = ["Say it in a few words."];
        }
        else if (text.Trim().Length > Review.LongestText)
        {
            errors["text"] = [$"At most {Review.LongestText} characters."];
        }

        return errors;
    }
}
