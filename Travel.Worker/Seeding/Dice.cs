using System.Buffers.Binary;
using System.Text;

namespace Travel.Worker.Seeding;

/// <summary>
/// Chance that falls the same way every time: a SplitMix64 sequence that starts from a name. <see cref="Random"/> promises that for one
/// version of .NET only. Each thing has dice of its own, so that a change to one does not shift all others.
/// </summary>
internal sealed class Dice
{
    private ulong state;

    public Dice(string name)
    {
        // FNV-1a.
        state = 14695981039346656037;
        foreach (var letter in Encoding.UTF8.GetBytes(name))
        {
            state = (state ^ letter) * 1099511628211;
        }
    }

    /// <summary>0 to <paramref name="sides"/> − 1.</summary>
    public int Roll(int sides) => (int)Math.BigMul(NextBits(), (ulong)sides, out _);

    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>At least <paramref name="from"/>, less than <paramref name="to"/>.</summary>
    public double Between(double from, double to) => from + (Fraction() * (to - from));

    public T Pick<T>(IReadOnlyList<T> items) => items[Roll(items.Count)];

    public T Pick<T>(IReadOnlyList<T> items, Func<T, int> weight)
    {
        var roll = Roll(items.Sum(weight));
        return items.First(item => (roll -= weight(item)) < 0);
    }

    /// <summary>A version 7 UUID of this instant, as RFC 9562 has it.</summary>
    public Guid Id(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (NextBits() & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (2UL << 62) | (NextBits() >> 2));
        return new Guid(bytes, bigEndian: true);
    }

    private double Fraction() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15;
        var bits = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
