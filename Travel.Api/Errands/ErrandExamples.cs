using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Errands;

namespace Travel.Api.Errands;

internal static class ErrandExamples
{
    private const string Ledger =
        """
        at,transaction,event,account,debit,credit,currency,booking,payment,refund,entry
        2026-11-20T09:33:00Z,01990b60-88aa-7c3d-9e4f-5a6b7c8d9e0f,received,gateway,3750.00,,ETB,7KDM4QXR,TRV-7KDM4QXR-9GQ2K7MXW4TD,,01990b60-88ab-7c3d-9e4f-5a6b7c8d9e0f
        2026-11-20T09:33:00Z,01990b60-88aa-7c3d-9e4f-5a6b7c8d9e0f,received,stay,,3750.00,ETB,7KDM4QXR,TRV-7KDM4QXR-9GQ2K7MXW4TD,,01990b60-88ac-7c3d-9e4f-5a6b7c8d9e0f

        """;

    private static readonly Guid Id = new("01990b62-56ef-7a1b-8c2d-3e4f5a6b7c8d");
    private static readonly DateTimeOffset Now = ListingExamples.Now;
    private static readonly DateOnly LastDay = DateOnly.FromDateTime(Now.UtcDateTime);
    private static readonly DateOnly FirstDay = new(LastDay.Year, 1, 1);

    private static readonly ErrandResponse Running = new(
        Id, ErrandKind.LedgerExport, FirstDay, LastDay, "Hanna", ErrandState.Running, StepsDone: 42_000, Steps: 168_212, Attempts: 1, "worker-1:4711",
        LastError: null, Summary: null, File: null, Now, Now.AddMilliseconds(40), EndedAt: null);

    public static readonly Example Requested = Example.Of(
        Running with { State = ErrandState.Waiting, StepsDone = 0, Steps = null, Attempts = 0, Worker = null, StartedAt = null }, "RequestedErrand");

    public static readonly Example Cancelled = Example.Of(Running with { State = ErrandState.Cancelled, EndedAt = Now.AddSeconds(5) }, "CancelledErrand");

    public static readonly Example File = Example.Of(Ledger.ReplaceLineEndings("\r\n"), "ErrandFileContent");

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new RequestErrandRequest(ErrandKind.LedgerExport, FirstDay, LastDay)),
        Example.Of(Running),
        Example.PageOf(Running with
        {
            State = ErrandState.Done, StepsDone = 168_212, Summary = "168,212 entries of the ledger.", EndedAt = Now.AddSeconds(9),
            File = new ErrandFile("travel-ledger.csv", 32_456_789, $"/api/v1/operations/errands/{Id}/file"),
        }),
        Requested,
        Cancelled,
        File,
    ];
}
