using Travel.Domain.Caching;

namespace Travel.Tests.Caching;

public sealed class KnownTagsTests
{
    private readonly KnownTags known = new(most: 3);

    [Fact]
    public void What_Redis_said_before_a_change_is_not_believed_after_it()
    {
        var tag = known.Of(["listings"])[1];
        var asked = tag.Stamp;

        known.Forget(["listings"]);
        tag.Learn("of before", asked);

        tag.Version.ShouldBeNull();
        tag.Learn("of now", tag.Stamp);
        tag.Version.ShouldBe("of now");
    }

    [Fact]
    public void A_change_of_everything_is_a_change_of_each()
    {
        var tags = known.Of(["listings", "nights"]);
        foreach (var tag in tags)
        {
            tag.Learn("1", tag.Stamp);
        }

        known.Forget([CacheTags.Everything]);

        tags.Select(tag => tag.Version).ShouldBe([null, null, null]);
    }

    [Fact]
    public void A_tag_that_had_to_make_room_is_never_believed_again()
    {
        var old = known.Of(["1"])[1];
        old.Learn("a", old.Stamp);
        known.Of(["2", "3"]);

        known.Of(["4"]);

        old.Version.ShouldBeNull();
        old.Learn("a", old.Stamp);
        old.OrElse("a").ShouldBe("a");
        old.Version.ShouldBeNull();
    }

    [Fact]
    public void Entries_count_while_all_their_tags_are_where_they_were()
    {
        var tags = known.Of(["listings", "nights"]);
        var versions = TagVersions.Here(tags);
        versions.AreCurrent.ShouldBeTrue();
        versions.AreShared.ShouldBeFalse();
        TagVersions.IfKnown(tags)!.AreCurrent.ShouldBeTrue();

        known.Forget(["nights"]);

        versions.AreCurrent.ShouldBeFalse();
        TagVersions.IfKnown(tags).ShouldBeNull();
        TagVersions.Here(tags).AreCurrent.ShouldBeTrue();
        versions.AreCurrent.ShouldBeFalse();
    }
}
