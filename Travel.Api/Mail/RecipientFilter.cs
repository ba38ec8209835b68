using Travel.Domain.Accounts;

namespace Travel.Api.Mail;

/// <summary>Whom an operator asks about, by one of the two; both are null where nobody is asked about.</summary>
/// <param name="Id">Of the account.</param>
/// <param name="Address">Normalised.</param>
internal sealed record RecipientFilter(Guid? Id, string? Address)
{
    public static RecipientFilter Of(string? recipient, Dictionary<string, string[]> errors)
    {
        if (recipient is null)
        {
            return new RecipientFilter(Id: null, Address: null);
        }

        if (Guid.TryParse(recipient, out var id))
        {
            return new RecipientFilter(id, Address: null);
        }

        if (!EmailAddresses.IsValid(recipient.Trim()))
        {
            errors["recipient"] = ["Neither the id of an account nor an e-mail address."];
        }

        return new RecipientFilter(Id: null, EmailAddresses.Normalize(recipient));
    }
}
