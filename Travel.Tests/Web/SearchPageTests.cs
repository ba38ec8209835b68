using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class SearchPageTests(TravelGraph graph, Browser browser)
{
    [Fact]
    public async Task A_guest_without_a_mouse_chooses_a_place_from_the_list_that_writing_opens()
    {
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync("/stays");
        var where = page.GetByRole(AriaRole.Combobox, new() { Name = "Where to?" });
        await Expect(where).ToHaveAttributeAsync("aria-expanded", "false");

        await where.PressSequentiallyAsync("addis abe");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Addis Ababa");
        await Expect(where).ToHaveAttributeAsync("aria-expanded", "true");
        await where.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Option).First).ToHaveAttributeAsync("aria-selected", "true");
        (await where.GetAttributeAsync("aria-activedescendant")).ShouldBe(await page.GetByRole(AriaRole.Option).First.GetAttributeAsync("id"));
        await where.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Listbox)).ToBeHiddenAsync();
        await where.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex(@"[?&]place=Addis\+Ababa[^&]*(?!.*[?&]q=)", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Addis Ababa");
        (await page.Locator(".card-place span:first-child").AllInnerTextsAsync()).ShouldAllBe(place => place.StartsWith("Addis Ababa"));
        await Expect(where).ToHaveValueAsync(new Regex("^Addis Ababa", RegexOptions.None, TimeSpan.FromSeconds(1)));
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_choice_and_after_Escape_the_field_takes_any_words()
    {
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync("/");
        var where = page.GetByLabel("Where to?");

        await where.PressSequentiallyAsync("addis");
        await Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await where.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Listbox)).ToBeHiddenAsync();
        await where.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("[?&]q=addis", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.Locator(".card").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Filters_narrow_the_stays_to_as_many_as_their_numbers_said_and_can_be_taken_away_again()
    {
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync("/stays");
        await page.GetByText("Filters", new() { Exact = true }).ClickAsync();
        var lodges = await page.GetByLabel("Type").Locator("option[value=lodge]").InnerTextAsync();
        await page.GetByLabel("Type").SelectOptionAsync("lodge");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show stays" }).ClickAsync();

        await Expect(page.Locator(".results-head p")).ToHaveTextAsync($"{Regex.Match(lodges, "[0-9]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value} stays");
        (await page.Locator(".card-facts").AllInnerTextsAsync()).ShouldAllBe(facts => facts.StartsWith("Lodge"));
        await Expect(page.GetByText("Filters (1)")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Lowest price" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Lowest price" })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page).ToHaveURLAsync(new Regex("type=lodge&sort=price", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.GetByRole(AriaRole.Link, new() { Name = "Without filters" }).ClickAsync();
        await Expect(page.GetByText("Filters", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_the_filters_are_as_wide_as_the_fields_above_them()
    {
        await using var visitor = await browser.VisitorAsync(graph, width: 390);
        var page = visitor.Page;
        await page.GotoAsync("/stays?amenities=wifi");

        var fields = (await page.Locator(".search-form").BoundingBoxAsync()).ShouldNotBeNull();
        var filters = (await page.Locator(".filter-fields").BoundingBoxAsync()).ShouldNotBeNull();

        (filters.X, filters.Width).ShouldBe((fields.X, fields.Width));
    }
}
