using System.Net;
using Travel.Domain.Availability.Importing;

namespace Travel.Tests.Availability;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("0.0.0.0"), InlineData("10.0.0.1"), InlineData("100.64.0.1"), InlineData("100.127.255.255"), InlineData("127.0.0.1"), InlineData("127.8.8.8")]
    [InlineData("169.254.169.254"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.0.0.8"), InlineData("192.0.2.1"), InlineData("192.88.99.1")]
    [InlineData("192.168.1.1"), InlineData("198.18.0.1"), InlineData("198.19.255.255"), InlineData("198.51.100.1"), InlineData("203.0.113.1"), InlineData("224.0.0.1")]
    [InlineData("239.255.255.255"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::"), InlineData("::1"), InlineData("::7f00:1"), InlineData("fe80::1"), InlineData("fec0::1"), InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("ff02::1")]
    [InlineData("2001:db8::1"), InlineData("3fff::1"), InlineData("2001::1"), InlineData("2001:10::1"), InlineData("100::1"), InlineData("5f00::1")]
    [InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::ffff:169.254.169.254")]
    [InlineData("2002:7f00:1::"), InlineData("2002:0a00:1::1"), InlineData("2002:808:808::1")]
    [InlineData("64:ff9b::127.0.0.1"), InlineData("64:ff9b::10.0.0.1"), InlineData("64:ff9b:1::8.8.8.8")]
    public void Nothing_is_fetched_from_addresses_that_are_not_everybodys(string address) => IPAddress.Parse(address).IsPublic().ShouldBeFalse();

    [Theory]
    [InlineData("8.8.8.8"), InlineData("100.63.255.255"), InlineData("100.128.0.0"), InlineData("172.15.255.255"), InlineData("172.32.0.0"), InlineData("198.17.255.255")]
    [InlineData("198.20.0.0"), InlineData("223.255.255.255"), InlineData("2606:4700:4700::1111"), InlineData("2a00:1450:4001::1"), InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void Public_addresses_are_fetched_from(string address) => IPAddress.Parse(address).IsPublic().ShouldBeTrue();

    [Theory]
    [InlineData("http://example.org/a.ics"), InlineData("ftp://example.org/a.ics"), InlineData("file:///etc/passwd"), InlineData("https://example.org:8443/a.ics")]
    [InlineData("https://user:secret@example.org/a.ics"), InlineData("/a.ics"), InlineData("not an address"), InlineData("https://localhost/a.ics"), InlineData("https://database/a.ics")]
    [InlineData("https://127.0.0.1/a.ics"), InlineData("https://2130706433/a.ics"), InlineData("https://0x7f.1/a.ics"), InlineData("https://[::1]/a.ics"), InlineData("https://[::ffff:10.0.0.1]/a.ics")]
    public void Addresses_that_are_not_a_sites_on_the_internet_are_refused_at_once(string url) =>
        CalendarAddress.ErrorOf(url, new ImportOptions(), out _).ShouldNotBeNullOrEmpty();

    [Fact]
    public void A_sites_address_is_taken() => CalendarAddress.ErrorOf("https://example.org/a.ics?s=1", new ImportOptions(), out _).ShouldBeNull();
}
