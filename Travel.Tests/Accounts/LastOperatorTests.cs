using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(DatabaseServer.Collection)]
public sealed class LastOperatorTests(BookingHouse house) : IClassFixture<BookingHouse>
{
    [Fact]
    public async Task However_many_operators_leave_at_once_one_who_can_sign_in_stays()
    {
        List<User> operators = [.. Enumerable.Range(0, 6).Select(_ => Persons.New(Role.Operator))];
        var (unproven, host) = (Persons.New(Role.Operator, verified: false), Persons.New(Role.Host));
        await house.AskAsync(db =>
        {
            db.Users.AddRange([.. operators, unproven, host]);
            return db.SaveChangesAsync();
        });

        var outcomes = await Task.WhenAll(operators.Select(person => Task.Run(() => EraseAsync(person))));

        outcomes.Count(outcome => outcome == EraseAccountOutcome.Erased).ShouldBe(operators.Count - 1);
        var last = operators[Array.IndexOf(outcomes, EraseAccountOutcome.IsLastOperator)];
        (await EraseAsync(host)).ShouldBe(EraseAccountOutcome.Erased);
        (await EraseAsync(last)).ShouldBe(EraseAccountOutcome.IsLastOperator);
        await house.AskAsync(db =>
        {
            db.Users.Add(Persons.New(Role.Operator));
            return db.SaveChangesAsync();
        });
        (await EraseAsync(last)).ShouldBe(EraseAccountOutcome.Erased);
    }

    private Task<EraseAccountOutcome> EraseAsync(User person) => house.DoAsync((EraseAccount erase) => erase.ExecuteAsync(person.Id, CancellationToken.None));
}
