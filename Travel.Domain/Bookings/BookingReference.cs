using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Travel.Domain.Bookings;

public static class BookingReference
{
    public const int Length = 8;

    // No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: read aloud or copied by hand they are taken for each other. Without vowels no words arise.
    public const string Alphabet = "34679CDFGHJKMNPQRTWXY";

    /// <summary>21^8, about 3.8 * 10^10 values; the unique index catches the rare collision and the booking is tried again.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    internal static bool IsTaken(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "bookings_reference_key" };
}
