using Travel.Domain.Caching;
using Travel.Web.Operations;

namespace Travel.Tests.Web;

public sealed class CacheWordsTests
{
    [Fact]
    public void Whatever_is_kept_is_called_by_words_of_its_own()
    {
        var words = CacheRegions.All.Select(CacheWords.Region).ToList();

        words.ShouldBeUnique();
        words.Intersect(CacheRegions.All, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
