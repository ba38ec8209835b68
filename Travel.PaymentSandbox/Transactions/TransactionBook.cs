namespace Travel.PaymentSandbox.Transactions;

/// <summary>
/// Every transaction there is: in memory behind one lock, and in files of its folder before anybody is told. What it hands out never changes.
/// </summary>
internal sealed class TransactionBook
{
    // Whoever decides inside it may look at all others: the lock lets the thread that has it in again.
    private readonly Lock gate = new();
    private readonly Dictionary<string, Transaction> byTxRef = new(StringComparer.Ordinal);
    private readonly TransactionFiles files;

    public TransactionBook(TransactionFiles files)
    {
        this.files = files;
        foreach (var transaction in files.ReadAll())
        {
            byTxRef.Add(transaction.TxRef, transaction);
        }
    }

    public IReadOnlyList<Transaction> All
    {
        get
        {
            lock (gate)
            {
                return [.. byTxRef.Values.OrderBy(transaction => transaction.CreatedAt)];
            }
        }
    }

    /// <returns>False when the reference has been used before.</returns>
    public bool Add(Transaction transaction)
    {
        lock (gate)
        {
            if (byTxRef.ContainsKey(transaction.TxRef))
            {
                return false;
            }

            Keep(transaction);
            return true;
        }
    }

    public Transaction? Find(string txRef)
    {
        lock (gate)
        {
            return byTxRef.GetValueOrDefault(txRef);
        }
    }

    public Transaction? FindByToken(string token) => All.FirstOrDefault(transaction => transaction.Token == token);

    /// <summary>Decides on one transaction while nobody else does; what is decided on the same instance again changes nothing.</summary>
    /// <returns>The transaction as it was and as it is now; null when there is none.</returns>
    public (Transaction Before, Transaction After)? Change(string txRef, Func<Transaction, Transaction> decide)
    {
        lock (gate)
        {
            if (!byTxRef.TryGetValue(txRef, out var before))
            {
                return null;
            }

            var after = decide(before);
            if (!ReferenceEquals(before, after))
            {
                Keep(after);
            }

            return (before, after);
        }
    }

    private void Keep(Transaction transaction)
    {
        files.Write(transaction);
        byTxRef[transaction.TxRef] = transaction;
    }
}
