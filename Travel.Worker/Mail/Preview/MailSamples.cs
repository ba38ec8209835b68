using Microsoft.Extensions.Localization;
using Travel.Contracts;
using Travel.Domain.Bookings;
using Travel.Domain.Operations;
using Travel.Worker.Accounts;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail.Preview;

/// <summary>A letter to look at.</summary>
/// <param name="Name">The kind of mail and, where that has more than one wording, which: <c>booking-cancelled.withdrawn</c>.</param>
/// <param name="Write">Writes it with made-up facts.</param>
internal sealed record MailSample(string Name, Func<IStringLocalizer<MailTexts>, Letter> Write)
{
    public string Kind => Name.Split('.')[0];
}

/// <summary>Every letter that Travel writes. A kind of mail without one fails a test, and so does a text that is in none.</summary>
internal static class MailSamples
{
    private const string Guest = "Sara";
    private const string Host = "Abebe";
    private const string AddisAbaba = "Africa/Addis_Ababa";
    private static readonly Uri Web = new("https://travel.example");
    private static readonly TimeSpan EastAfrica = TimeSpan.FromHours(3);
    private static readonly DateTimeOffset Now = new(2026, 12, 21, 6, 30, 0, TimeSpan.Zero);
    private static readonly Guid BookingId = new("01990b58-9f0e-7a1b-b2c3-d4e5f6071829");

    private static readonly BookedStay Stay = new(
        BookingId, "7KDM4QXR", Guest, "Lake house", "Bahir Dar", "Ethiopia", 11.594167, 37.3875, AddisAbaba,
        new DateTimeOffset(2026, 12, 24, 14, 0, 0, EastAfrica), new DateTimeOffset(2026, 12, 26, 11, 0, 0, EastAfrica),
        Nights: 2, Guests: 2, new Money(250_000, Currencies.EthiopianBirr).ToString(), Now, Version: 1, IsOff: false, IsTentative: false,
        new Uri(Web, $"/trips/{BookingId}"));

    private static readonly HostDigest Digest = new(
        new HostMorning(Guid.Empty, new DateOnly(2026, 12, 24), AddisAbaba),
        [new DigestStay(Stay.Reference, Guest, 2, Stay.Title, new TimeOnly(14, 0), AddisAbaba)],
        [new DigestStay("4HNRXY7Q", "Dawit", 1, "Harbour flat", new TimeOnly(11, 0), "Europe/Athens")],
        [new DigestRequest("9QW2XKTE", "Hanna", Stay.Title, new DateOnly(2027, 1, 6), new DateOnly(2027, 1, 9), Now.AddDays(3), AddisAbaba)],
        [new FewFreeNights("Harbour flat", 3)]);

    private static readonly WeeklyReport Report = new(
        new DateOnly(2026, 12, 14),
        new DateOnly(2026, 12, 21),
        AddisAbaba,
        new BusinessNumbers(12, 34, [new Money(8_500_000, Currencies.EthiopianBirr), new Money(120_000, Currencies.UsDollar)]),
        new BusinessNumbers(999, 20_034, [new Money(5_012_345_600, Currencies.EthiopianBirr), new Money(98_765_400, Currencies.UsDollar)]));

    public static IReadOnlyList<MailSample> All { get; } =
    [
        ToGuest(HoldNotice.Kind, _ => HoldNotice.Says(Stay, Now.AddMinutes(15))),
        ToGuest(BookingConfirmation.Kind, texts => new Saying("BookingConfirmed") { Closing = [texts["PayOnArrival", Stay.Total]] }),
        ToHost(BookingForHost.Kind, _ => new Saying("BookedForHost") { Closing = ["We come by the evening boat."] }),
        ToHost(RequestReceived.Kind, _ => new Saying("BookingRequested", Stay.Moment(Now.AddDays(1)))),
        ToGuest(RequestAccepted.Kind, _ => RequestAccepted.Says(Stay, Now.AddDays(1))),
        ToGuest(RequestDeclined.Kind, texts => new Saying("BookingDeclined") { Closing = [texts["Reason", "The roof is being mended."]] }),
        ToGuest(RequestDeclined.Kind + ".nights-gone", _ => new Saying("NightsGone")),
        ToGuest(TimeIsOver.Kind, _ => new Saying("HoldExpired")),
        ToGuest(TimeIsOver.Kind + ".request", _ => new Saying("RequestExpired")),
        ToGuest(CancellationToGuest.Kind, texts => new Saying("CancelledForGuest") { Closing = [texts["Reason", "The roof is being mended."]] }),
        ToGuest(CancellationToGuest.Kind + ".by-you", _ => new Saying("CancelledByYou")),
        ToGuest(CancellationToGuest.Kind + ".withdrawn", _ => new Saying("WithdrawnByYou")),
        ToHost(CancellationToHost.Kind, _ => new Saying("CancelledForHost")),
        ToHost(CancellationToHost.Kind + ".by-you", _ => new Saying("CancelledByYou")),
        ToHost(CancellationToHost.Kind + ".withdrawn", _ => new Saying("WithdrawnForHost")),
        ToGuest(ChangeToGuest.Kind, _ => new Saying("StayChanged")),
        ToGuest(ChangeToGuest.Kind + ".left-early", _ => new Saying("LeftEarly")),
        ToHost(ChangeToHost.Kind, _ => new Saying("StayChangedHost")),
        ToHost(ChangeToHost.Kind + ".left-early", _ => new Saying("LeftEarlyHost")),
        ToGuest(ChangeIsOver.Kind, _ => new Saying("ChangeExpired")),
        ToGuest(PaymentHasFailed.Kind, _ => new Saying("PaymentFailed")),
        ToGuest(PaymentInDoubt.Kind, _ => PaymentInDoubt.Says()),
        ToGuest(PaymentComesBack.Kind, _ => new Saying("PaidTooLate")),
        ToGuest(PaymentComesBack.Kind + ".twice", _ => new Saying("PaidTwice")),
        ToGuest(PaymentComesBack.Kind + ".for-nothing", _ => new Saying("PaidForNothing")),
        ToGuest(PaymentComesBack.Kind + ".by-operator", _ => new Saying("PaidBackByTravel")),
        ToGuest(MoneyIsBack.Kind, _ => new Saying("Refunded", Stay.Total)),
        new(SuspensionNotice.Kind, texts => SuspensionNotice.LetterOf(Host, Stay.Title, "The photos are of another place.", ListingLetters.PageOf(BookingId, Web), texts)),
        new(SuspensionLiftedNotice.Kind, texts => SuspensionLiftedNotice.LetterOf(Host, Stay.Title, ListingLetters.PageOf(BookingId, Web), texts)),
        ToGuest(CheckInReminder.Kind, texts => CheckInReminder.Says(Stay, texts["PayOnArrival", Stay.Total])),
        Stoppable(ToGuest(ReviewInvitation.Kind, _ => ReviewInvitation.Says())),
        Stoppable(new(HostDigestMail.Kind, texts => HostDigestMail.LetterOf(Digest, Host, Web, texts))),
        Stoppable(new(HostDigestMail.Kind + ".quiet", texts => HostDigestMail.LetterOf(Digest with { Requests = [] }, Host, Web, texts))),
        Stoppable(new(WeeklyReportMail.Kind, texts => WeeklyReportMail.LetterOf(Report, "Hanna", Web, texts))),
        new(AddressVerification.Kind, texts => AddressVerification.LetterOf(Secret("/verify-address"), TimeSpan.FromHours(24), texts)),
        new(AccountExistsNotice.Kind, texts => AccountExistsNotice.LetterOf(Guest, new Uri(Web, "/sign-in"), texts)),
        new(PasswordResetLink.Kind, texts => PasswordResetLink.LetterOf(Guest, Secret("/reset-password"), TimeSpan.FromHours(1), texts)),
        new(PasswordResetLink.Kind + ".unproven", texts => PasswordResetLink.LetterOf(name: null, Secret("/reset-password"), TimeSpan.FromMinutes(30), texts)),
        new(PasswordChangedNotice.Kind, texts => PasswordChangedNotice.LetterOf(Guest, Now, new Uri(Web, "/forgot-password"), texts)),
        Stoppable(new(InvitationBack.Kind, texts => InvitationBack.LetterOf(Guest, new Uri(Web, "/stays"), texts))),
    ];

    public static MailSample? Find(string name) => All.FirstOrDefault(sample => sample.Name == name);

    private static MailSample ToGuest(string name, Func<IStringLocalizer<MailTexts>, Saying> says) =>
        new(name, texts => BookingLetters.LetterOf(Stay, Guest, says(texts), BookingLetters.ToGuest, texts));

    private static MailSample ToHost(string name, Func<IStringLocalizer<MailTexts>, Saying> says) =>
        new(name, texts => BookingLetters.LetterOf(Stay, Host, says(texts), BookingLetters.ToHost, texts));

    private static MailSample Stoppable(MailSample sample) =>
        sample with { Write = texts => sample.Write(texts) with { Unsubscribe = UnsubscribeLinks.PageOf(BookingId, Web, texts) } };

    private static Uri Secret(string page) => new(Web, page + "?token=qW7eRt5yUi9oPa3sDf1gHj6kLz8xCv2bNm4QwErTyUI");
}
