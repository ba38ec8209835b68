using Travel.Contracts.Errands;

namespace Travel.Domain.Errands;

/// <summary>What an errand may be about.</summary>
public static class ErrandRules
{
    private const int MostYears = 2;

    /// <summary>Nothing of Travel is older.</summary>
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <returns>What is wrong with the arguments; none when nothing is.</returns>
    public static Dictionary<string, string[]> ErrorsOf(ErrandKind kind, ErrandArguments arguments, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (kind == ErrandKind.LedgerExport)
        {
            Check("from", arguments.From);
            Check("to", arguments.To);
            if (errors.Count == 0 && arguments.To < arguments.From)
            {
                errors["to"] = ["Must not be before the first day."];
            }
            else if (errors.Count == 0 && arguments.To >= arguments.From!.Value.AddYears(MostYears))
            {
                errors["to"] = [$"At most {MostYears} years at a time."];
            }
        }
        else
        {
            Refuse("from", arguments.From);
            Refuse("to", arguments.To);
        }

        return errors;

        void Check(string field, DateOnly? day)
        {
            if (day is null)
            {
                errors[field] = ["Is required for a ledger export."];
            }
            else if (day < Earliest || day > DateOnly.FromDateTime(now.UtcDateTime))
            {
                errors[field] = [$"Is not between the year {Earliest.Year} and today."];
            }
        }

        void Refuse(string field, DateOnly? day)
        {
            if (day is not null)
            {
                errors[field] = ["Only a ledger export has days."];
            }
        }
    }

    /// <summary>How the audit calls it.</summary>
    internal static string SubjectOf(Errand errand) => $"{(errand.Kind == ErrandKind.LedgerExport ? "ledger-export" : "photo-check")} {errand.Id}";
}
