using System.Diagnostics;
using System.Net;
using System.Text;
using Travel.Domain.Payments.Chapa;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

/// <summary>What anybody may send to the gateway's door, and what comes of it.</summary>
[Collection(TravelGraph.Collection)]
public sealed class WebhookTests(TravelGraph graph) : IAsyncLifetime
{
    private const int MostBytes = 64 * 1024;
    private NoticedPayment payment = null!;

    public async Task InitializeAsync() => payment = await NoticedPayment.OpenAsync(graph);

    public Task DisposeAsync()
    {
        payment.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_signed_webhook_is_kept_once_however_often_it_comes()
    {
        for (var time = 0; time < 3; time++)
        {
            await ShouldAnswerAsync(payment.TellSignedAsync(payment.Said()), HttpStatusCode.OK);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => payment.TellSignedAsync(payment.Said("AP-2"))));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        var traces = await payment.TracesAsync();
        (traces.Notices, traces.Messages).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_webhook_of_which_one_bit_is_another_is_refused_and_leaves_nothing()
    {
        var body = Encoding.UTF8.GetBytes(payment.Said());
        var signature = WebhookSignature.Of(body, payment.Secret);
        await LeavesNothingAsync(async () =>
        {
            // A prime, so that each of the eight bits of a byte has its turn.
            for (var bit = 0; bit < body.Length * 8; bit += 11)
            {
                var mutated = body.ToArray();
                mutated[bit / 8] ^= (byte)(1 << (bit % 8));
                await ShouldAnswerAsync(payment.TellAsync(mutated, signature), HttpStatusCode.Unauthorized);
            }
        });
    }

    [Fact]
    public async Task A_signature_of_which_one_bit_is_another_is_refused_and_leaves_nothing()
    {
        var body = Encoding.UTF8.GetBytes(payment.Said());
        var signature = WebhookSignature.Of(body, payment.Secret);
        await LeavesNothingAsync(async () =>
        {
            foreach (var (place, bit) in from place in Enumerable.Range(0, signature.Length) from bit in Enumerable.Range(0, 7) select (place, bit))
            {
                var other = (char)(signature[place] ^ (1 << bit));
                // Others are no header at all.
                if (!char.IsControl(other))
                {
                    await ShouldAnswerAsync(payment.TellAsync(body, signature[..place] + other + signature[(place + 1)..]), HttpStatusCode.Unauthorized);
                }
            }
        });
    }

    [Fact]
    public async Task Whatever_else_is_no_signature_of_this_body_is_refused_and_leaves_nothing()
    {
        var body = Encoding.UTF8.GetBytes(payment.Said());
        var good = WebhookSignature.Of(body, payment.Secret);
        var constant = WebhookSignature.Of(Encoding.UTF8.GetBytes(payment.Secret), payment.Secret);
        await LeavesNothingAsync(async () =>
        {
            string?[] signatures =
            [
                null, "", " ", good.ToUpperInvariant(), good[..^1], good + "0", $"{good}, {good}", $"sha256={good}", constant, "null", new('0', 64),
                WebhookSignature.Of(body, payment.Secret + "-of-somebody-else"), WebhookSignature.Of(body, ""), WebhookSignature.Of([], payment.Secret),
            ];
            foreach (var signature in signatures)
            {
                await ShouldAnswerAsync(payment.TellAsync(body, signature), HttpStatusCode.Unauthorized);
            }

            // The header that is the same with every webhook: whoever has seen one could send it.
            await ShouldAnswerAsync(payment.TellAsync(body, constant, "chapa-signature"), HttpStatusCode.Unauthorized);
            await ShouldAnswerAsync(payment.TellAsync(body, good, "chapa-signature"), HttpStatusCode.Unauthorized);
        });
    }

    [Fact]
    public async Task What_is_signed_and_says_nothing_that_could_be_kept_is_a_bad_request_and_leaves_nothing()
    {
        var known = $"\"tx_ref\":\"{payment.TxRef}\"";
        string[] bodies =
        [
            "", " ", "paid", "[]", "[{" + known + "}]", "null", "5", "\"x\"", "{}", "{", "{\"tx_ref\":null}", "{\"tx_ref\":5}", "{\"tx_ref\":\"\"}", "{\"tx_ref\":{}}",
            // Half a character, where a reference should be and elsewhere.
            """{"tx_ref":"\ud800"}""", "{" + known + ""","meta":"\udc00"}""", "{" + known + ""","status":"\ud800"}""",
            // JSON, and no text, number or document that a database could hold.
            "{" + known + ""","meta":"\u0000"}""", "{" + known + ""","reference":"\u0000"}""", "{" + known + ""","\u0000":1}""", "{" + known + ""","meta":{"a\u0000":1}}""",
            "{" + known + ",\"amount\":1e400000}", "{" + known + ",\"amount\":" + new string('9', 60_000) + "e300000}",
            "{" + known + ",\"meta\":" + new string('[', 5000) + new string(']', 5000) + "}", "{" + known + ",\"meta\":" + new string('[', 30_000),
        ];
        await LeavesNothingAsync(async () =>
        {
            foreach (var body in bodies)
            {
                await ShouldAnswerAsync(payment.TellSignedAsync(body), HttpStatusCode.BadRequest, body);
            }

            // Bytes that are no text; a mark before it, which JSON has not.
            await ShouldAnswerAsync(payment.TellSignedAsync([.. "{"u8, .. Encoding.UTF8.GetBytes(known), .. ",\"meta\":\""u8, 0xff, 0xfe, .. "\"}"u8]), HttpStatusCode.BadRequest);
            await ShouldAnswerAsync(payment.TellSignedAsync([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(payment.Said())]), HttpStatusCode.BadRequest);
        });
    }

    [Fact]
    public async Task What_is_signed_and_about_nothing_of_ours_is_taken_and_leaves_nothing()
    {
        string[] bodies =
        [
            """{"tx_ref":"TRV-nothing","event":"charge.success","status":"success","reference":"AP-nothing"}""",
            """{"tx_ref":"another shop's: 7/8"}""",
            """{"tx_ref":"TRV-\u0000"}""",
            """{"tx_ref":"ደብተር"}""",
            "{\"tx_ref\":\"" + new string('x', 51) + "\"}",
            "{\"tx_ref\":\"" + new string('x', 60_000) + "\"}",
            // The last one counts, as in a database.
            $$"""{"tx_ref":"{{payment.TxRef}}","tx_ref":"TRV-nothing"}""",
        ];
        await LeavesNothingAsync(async () =>
        {
            foreach (var body in bodies)
            {
                await ShouldAnswerAsync(payment.TellSignedAsync(body), HttpStatusCode.OK, body);
            }
        });
    }

    [Fact]
    public async Task A_webhook_may_be_as_long_as_64_KiB_and_no_longer()
    {
        var said = Encoding.UTF8.GetBytes(payment.Said());
        byte[] longest = [.. said, .. Enumerable.Repeat((byte)' ', MostBytes - said.Length)];

        await LeavesNothingAsync(() => ShouldAnswerAsync(payment.TellSignedAsync([.. longest, (byte)' ']), HttpStatusCode.RequestEntityTooLarge));
        await ShouldAnswerAsync(payment.TellSignedAsync(longest), HttpStatusCode.OK);

        (await payment.TracesAsync()).Notices.ShouldBe(1);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public Task A_webhook_that_calls_itself_something_else_than_JSON_is_refused_and_leaves_nothing(string contentType) =>
        LeavesNothingAsync(() => ShouldAnswerAsync(payment.TellSignedAsync(payment.Said(), contentType), HttpStatusCode.UnsupportedMediaType));

    [Fact]
    public async Task A_webhook_without_a_reference_of_its_own_is_not_taken_for_one_of_another_payment()
    {
        using var other = await NoticedPayment.OpenAsync(graph);
        foreach (var told in new[] { payment, other })
        {
            await ShouldAnswerAsync(told.TellSignedAsync($$"""{"event":"charge.failed/cancelled","status":"failed/cancelled","reference":null,"tx_ref":"{{told.TxRef}}"}"""), HttpStatusCode.OK);
            (await told.TracesAsync()).Notices.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_callback_about_nothing_of_ours_is_answered_like_any_and_leaves_nothing()
    {
        string[] queries =
        [
            "", "?trx_ref=", "?trx_ref=TRV-nothing", "?trx_ref=%00", $"?trx_ref={payment.TxRef}%00", "?trx_ref=%ff", "?trx_ref=%ed%a0%80", "?trx_ref=" + new string('x', 51),
            "?trx_ref=" + new string('x', 5000), "?trx_ref=TRV-nothing&ref_id=%00&status=success",
        ];
        await LeavesNothingAsync(async () =>
        {
            foreach (var query in queries)
            {
                await ShouldAnswerAsync(payment.CallBackAsync(query), HttpStatusCode.NoContent, query);
            }
        });
    }

    [Fact]
    public async Task Callbacks_that_come_quickly_have_the_gateway_asked_once_in_five_seconds()
    {
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => payment.CallBackAsync($"?trx_ref={payment.TxRef}&ref_id=x&status=success")));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.NoContent);
        (await payment.TracesAsync()).Checks.ShouldBeInRange(1, 1 + (int)(watch.Elapsed.TotalSeconds / 5));
    }

    private static async Task ShouldAnswerAsync(Task<HttpResponseMessage> telling, HttpStatusCode status, string? what = null)
    {
        using var answer = await telling;
        answer.StatusCode.ShouldBe(status, $"{what?[..Math.Min(what.Length, 100)]} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task LeavesNothingAsync(Func<Task> tellAsync)
    {
        var before = await payment.TracesAsync();
        await tellAsync();
        (await payment.TracesAsync()).ShouldBe(before);
    }
}
