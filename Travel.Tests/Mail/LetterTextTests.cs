using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

public sealed class LetterTextTests
{
    [Fact]
    public void What_a_letter_does_not_have_leaves_no_gap()
    {
        var letter = new Letter { Subject = "Confirm your address", Greeting = "Hello Sara,", Lead = ["One.", "Two."], Footer = "Why." };

        LetterText.Of(letter).ShouldBe("Hello Sara,\n\nOne.\n\nTwo.\n\n--\nWhy.");
    }

    [Fact]
    public void The_address_of_a_link_is_written_out()
    {
        var letter = new Letter
        {
            Subject = "Confirm your address",
            Greeting = "Hello Sara,",
            Lead = [],
            Link = new LetterLink("Confirm", new Uri("http://localhost:5080/verify")),
            Footer = "Why.",
        };

        LetterText.Of(letter).ShouldContain("\n\nConfirm: http://localhost:5080/verify\n\n");
    }

    [Fact]
    public void How_to_stop_letters_like_it_stands_below_why_it_comes()
    {
        var letter = new Letter
        {
            Subject = "Your week",
            Greeting = "Hello Sara,",
            Lead = ["One."],
            Footer = "Why.",
            Unsubscribe = new LetterLink("Stop", new Uri("http://localhost:5080/unsubscribe")),
        };

        LetterText.Of(letter).ShouldEndWith("\n\n--\nWhy.\nStop: http://localhost:5080/unsubscribe");
    }
}
