using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Reviews;

namespace Travel.Api.Reviews;

internal static class ReviewExamples
{
    private const string Text = "Quiet, clean, and the lake begins behind the garden.";
    private const string Reply = "Thank you. The boats wait for you.";
    private static readonly DateTimeOffset WrittenAt = new(2026, 12, 25, 8, 0, 0, TimeSpan.Zero);

    private static readonly ReviewResponse Written = new(
        new("01990b70-1a2b-7c3d-8e4f-5061728394a5"), 5, Text, "Dawit", WrittenAt, Reply: null, RepliedAt: null);

    private static readonly ReviewResponse Answered = Written with { Reply = Reply, RepliedAt = WrittenAt.AddHours(3) };

    public static readonly Example Replied = Example.Of(
        new BookingReviewResponse(Answered, WrittenAt.AddDays(7), MayWrite: false, MayEdit: false, MayReply: false, MayEditReply: true), "ReviewWithReply");

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.PageOf(Answered),
        Example.Of(new BookingReviewResponse(Written, WrittenAt.AddDays(7), MayWrite: false, MayEdit: true, MayReply: false, MayEditReply: false)),
        Replied,
        Example.Of(new WriteReviewRequest(Written.Rating, Text)),
        Example.Of(new ReplyToReviewRequest(Reply)),
    ];
}
