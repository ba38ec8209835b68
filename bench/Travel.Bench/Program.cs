using Travel.Bench.Bookings;
using Travel.Bench.Command;
using Travel.Bench.Mails;
using Travel.Bench.Reads;
using Travel.Bench.Relay;
using Travel.Bench.Search;
using Travel.Bench.Soak;

// Another bench is a line here, a class with its options and its run, and a section in bench/README.md.
var benches = new BenchCommand(
    MailLatency.Entry, MailFlatOut.Entry, RelayAlone.Entry, MailSoak.Entry, SearchLatency.Entry, ReadRate.Entry, BookingRate.Entry, ApiMemory.Entry, Yardstick.Entry);

using var interruption = new Interruption();
return await benches.RunAsync(args, Console.Out, Console.Error, interruption.Token);
