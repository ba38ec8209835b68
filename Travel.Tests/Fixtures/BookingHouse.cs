using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Npgsql;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;

namespace Travel.Tests.Fixtures;

/// <summary>
/// The use cases of bookings on a database of their own, with a clock that is set. Nothing else runs on it: no Api, no Worker, no mail.
/// </summary>
public sealed class BookingHouse(DatabaseServer server) : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2027, 3, 1);

    /// <summary>Per night, after <see cref="RaisePriceAsync"/>.</summary>
    internal static readonly Money RaisedPrice = SampleMoney.Price * 2;

    private TravelDbContext? owner;
    private NpgsqlDataSource? database;
    private ServiceProvider? services;

    internal SetClock Clock { get; } = new(Now);

    /// <summary>What the use cases are configured with; to be set before the house opens.</summary>
    internal Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Where a host is from which a calendar is to come: nowhere, unless a test says otherwise.</summary>
    internal Func<string, IPAddress[]> Resolve { get; set; } = _ => [];

    public NpgsqlDataSource Database => database ?? throw new InvalidOperationException("The database is not there yet.");

    public async Task InitializeAsync()
    {
        owner = await SeededDatabase.EmptyAsync(server, $"bookings_{Guid.NewGuid():N}");
        database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner.Database.GetConnectionString()) { Pooling = true, MaxPoolSize = 70 });
        var registrations = new ServiceCollection();
        registrations.AddLogging();
        registrations.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        registrations.AddTravelDomain();
        registrations.AddSingleton<TimeProvider>(Clock);
        registrations.AddSingleton(Options.Create(new ImportOptions()));
        registrations.AddSingleton<ResolveHost>((host, _) => Task.FromResult(Resolve(host)));
        // Some settings are for development alone.
        registrations.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        registrations.AddDbContext<TravelDbContext>(options =>
        {
            options.UseNpgsql(database);
            DatabaseClient.Configure(options);
        });
        services = registrations.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await services!.DisposeAsync();
        await database!.DisposeAsync();
        await owner!.Database.EnsureDeletedAsync();
        await owner.DisposeAsync();
    }

    public AsyncServiceScope Scope() => services!.CreateAsyncScope();

    public async Task<T> AskAsync<T>(Func<TravelDbContext, Task<T>> question)
    {
        await using var scope = Scope();
        return await question(scope.ServiceProvider.GetRequiredService<TravelDbContext>());
    }

    public async Task<T> DoAsync<TUseCase, T>(Func<TUseCase, Task<T>> work)
        where TUseCase : notnull
    {
        await using var scope = Scope();
        return await work(scope.ServiceProvider.GetRequiredService<TUseCase>());
    }

    internal Task<Place> PlaceAsync(
        PaymentMode payment = PaymentMode.OnArrival, BookingMode booking = BookingMode.Instant, string timeZone = "Africa/Addis_Ababa") =>
        AskAsync(db => db.AddPlaceAsync(payment, booking, timeZone));

    /// <summary>The host sets another price per night.</summary>
    internal Task<int> RaisePriceAsync(Place place) => AskAsync(db => db.Listings.Where(listing => listing.Id == place.Id)
        .ExecuteUpdateAsync(listing => listing.SetProperty(row => row.PricePerNightMinorUnits, RaisedPrice.MinorUnits)));

    internal Task<BookStayOutcome> TryBookAsync(Place place, int fromToday, int nights, string? key = null, Guid? guest = null, Money? total = null) =>
        DoAsync((BookStay book) => book.ExecuteAsync(
            guest ?? place.Guest.Id,
            place.Id,
            new StayRequest(Today.AddDays(fromToday), Today.AddDays(fromToday + nights), 2),
            total,
            key ?? Guid.NewGuid().ToString(),
            CancellationToken.None));

    /// <summary>Books nights counted from <see cref="Today"/>.</summary>
    internal async Task<BookingResponse> BookAsync(Place place, int fromToday, int nights) =>
        (await TryBookAsync(place, fromToday, nights)).ShouldBeOfType<BookStayOutcome.Booked>().Booking;

    internal Task<BookingOutcome> AcceptAsync(Place place, Guid booking) =>
        DoAsync((AcceptRequest accept) => accept.ExecuteAsync(new Caller(place.Host.Id), booking, CancellationToken.None));

    internal Task<BookingOutcome> ChangeAsync(Place place, Guid booking, int fromToday, int nights, string? key = null, Money? total = null) =>
        DoAsync((ChangeStay change) => change.ExecuteAsync(
            new Caller(place.Guest.Id),
            booking,
            new StayRequest(Today.AddDays(fromToday), Today.AddDays(fromToday + nights), 2),
            total,
            key ?? Guid.NewGuid().ToString(),
            CancellationToken.None));

    internal Task<BookingOutcome> CancelAsync(Caller caller, Guid booking) => DoAsync((CancelBooking cancel) => cancel.ExecuteAsync(
        caller, booking, SampleMoney.Price with { MinorUnits = 0 }, reason: null, CancellationToken.None));

    /// <summary>A stay paid online: what the payment will do to a hold is done to it by hand.</summary>
    internal async Task<BookingResponse> BookPaidAsync(Place place, int fromToday, int nights)
    {
        var held = await BookAsync(place, fromToday, nights);
        await AskAsync(async db =>
        {
            var booking = await db.Bookings.SingleAsync(found => found.Id == held.Id);
            booking.Pay(Clock.Now);
            return await db.SaveChangesAsync();
        });
        return held with { Status = BookingStatus.Confirmed };
    }

    /// <summary>So many nights, counted from <see cref="Today"/>.</summary>
    internal static NightRange NightsFrom(int day, int nights) => new(Today.AddDays(day), Today.AddDays(day + nights));

    internal Task<BookingStatus> StatusOfAsync(Guid booking) =>
        AskAsync(db => db.Bookings.Where(found => found.Id == booking).Select(found => found.Status).SingleAsync());

    /// <summary>What others are told about it under this name.</summary>
    internal Task<List<string>> ToldAsync(Guid about, string routingKey) => AskAsync(db => db.Outbox
        .Where(message => message.RoutingKey == routingKey && message.Body.Contains(about.ToString())).Select(message => message.Body).ToListAsync());

    /// <summary>The nights an owner has, counted from <see cref="Today"/>, in order.</summary>
    internal async Task<IReadOnlyList<(int From, int Nights)>> NightsOfAsync(Guid ownerId)
    {
        var nights = await AskAsync(db => db.Occupancies.Where(row => row.OwnerId == ownerId && row.Active).Select(row => row.Stay).ToListAsync());
        return [.. nights.Select(stay => (stay.LowerBound.DayNumber - Today.DayNumber, stay.UpperBound.DayNumber - stay.LowerBound.DayNumber)).Order()];
    }
}
