using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Travel.Domain.Listings.Photos;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Listings;

public sealed class PhotoFileTests
{
    private const string Secret = "GPS 9.0192 N 38.7525 E";
    private static readonly byte[] SecretBytes = Encoding.ASCII.GetBytes(Secret);

    public static TheoryData<string, byte[]> Whole => new()
    {
        { "image/jpeg", Pictures.Jpeg() },
        { "image/png", Pictures.Png(1, 1) },
        { "image/webp", Pictures.WebP(1, 1) },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_picture_without_anything_beside_its_pixels_is_kept_byte_by_byte(string mediaType, byte[] file)
    {
        var photo = PhotoFile.Read(file).ShouldNotBeNull();

        photo.MediaType.ShouldBe(mediaType);
        (photo.Width, photo.Height).ShouldBe((1, 1));
        photo.Content.ShouldBe(file);
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_picture_that_is_cut_off_anywhere_is_no_picture(string mediaType, byte[] file)
    {
        for (var length = 0; length < file.Length; length++)
        {
            PhotoFile.Read(file.AsSpan(0, length)).ShouldBeNull($"{mediaType} cut off at {length} of {file.Length}");
        }
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void What_hides_behind_the_end_of_a_picture_is_left_behind(string mediaType, byte[] file)
    {
        var photo = PhotoFile.Read([.. file, .. "PK\u0003\u0004 <script>"u8, .. SecretBytes]).ShouldNotBeNull(mediaType);

        photo.Content.ShouldBe(file);
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void No_bytes_however_spoiled_make_the_reader_fail(string mediaType, byte[] file) =>
        Prop.ForAll(
            (from place in Gen.Choose(0, file.Length - 1) from value in Gen.Choose(0, 255) select (place, value)).ListOf().ToArbitrary(),
            changes =>
            {
                var spoiled = file.ToArray();
                foreach (var (place, value) in changes)
                {
                    spoiled[place] = (byte)value;
                }

                if (PhotoFile.Read(spoiled) is { } photo)
                {
                    photo.Content.Length.ShouldBeLessThanOrEqualTo(spoiled.Length, mediaType);
                    PhotoFile.Read(photo.Content).ShouldNotBeNull().Content.ShouldBe(photo.Content);
                    photo.Width.ShouldBeGreaterThan(0);
                    photo.Height.ShouldBeGreaterThan(0);
                }
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_bytes_behind_any_beginning_never_make_the_reader_fail()
    {
        byte[][] beginnings = [[], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xE1], Pictures.Png(1, 1)[..8], Pictures.Png(1, 1)[..33], Pictures.WebP(1, 1)[..12], [.. "RIFF"u8]];
        Prop.ForAll(
            (from beginning in Gen.Elements(beginnings) from rest in ArbMap.Default.GeneratorFor<byte[]>() select (byte[])[.. beginning, .. rest]).ToArbitrary(),
            file =>
            {
                PhotoFile.Read(file).ShouldBeNull();
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("BM")]
    [InlineData("")]
    public void What_is_not_a_picture_that_all_browsers_show_is_refused_whatever_its_name(string content) =>
        PhotoFile.Read(Encoding.ASCII.GetBytes(content + new string(' ', 100))).ShouldBeNull();

    [Fact]
    public void A_jpeg_keeps_no_word_of_where_when_and_by_whom_it_was_taken()
    {
        var file = Pictures.Jpeg(
            Pictures.Exif(1, Secret),
            Pictures.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. SecretBytes]),
            Pictures.Segment(0xED, [.. "Photoshop 3.0\0"u8, .. SecretBytes]),
            Pictures.Segment(0xE2, [.. "MPF\0"u8, .. SecretBytes]),
            Pictures.Segment(0xE0, [.. "JFXX\0"u8, .. SecretBytes]),
            Pictures.Segment(0xFE, SecretBytes));

        PhotoFile.Read(file).ShouldNotBeNull().Content.ShouldBe(Pictures.Jpeg());
    }

    [Fact]
    public void A_jpeg_keeps_how_its_colours_are_meant()
    {
        var profile = Pictures.Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, 42]);

        PhotoFile.Read(Pictures.Jpeg(profile)).ShouldNotBeNull().Content.ShouldBe(Pictures.Jpeg(profile));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    public void A_jpeg_keeps_how_the_camera_was_held_and_nothing_else_of_its_exif(byte orientation, bool onItsSide)
    {
        // Two pixels high would be two wide: the frame is in the second segment after the table.
        var file = Pictures.Jpeg(Pictures.Exif(orientation, Secret));
        var frame = file.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        file[frame + 6] = 2;

        var photo = PhotoFile.Read(file).ShouldNotBeNull();

        (photo.Width, photo.Height).ShouldBe(onItsSide ? (2, 1) : (1, 2));
        photo.Content.AsSpan().IndexOf(SecretBytes).ShouldBe(-1);
        PhotoFile.Read(photo.Content).ShouldNotBeNull().Content.ShouldBe(photo.Content);
        photo.Content.AsSpan().IndexOf<byte>([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation]).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_jpeg_does_not_make_a_browser_draw_it_over_and_over(int scans, bool good)
    {
        var whole = Pictures.Jpeg();
        var scan = whole[whole.AsSpan().IndexOf<byte>([0xFF, 0xDA])..^2];

        (PhotoFile.Read([.. whole[..^2], .. Enumerable.Repeat(scan, scans - 1).SelectMany(bytes => bytes), .. whole[^2..]]) is not null).ShouldBe(good);
    }

    [Fact]
    public void A_png_keeps_its_pixels_and_colours_and_nothing_that_was_written_beside_them()
    {
        var colours = Pictures.Chunk("gAMA", [0, 0, 0xB1, 0x8F]);
        var file = Pictures.Png(3, 2, colours, Pictures.Chunk("eXIf", SecretBytes), Pictures.Chunk("tEXt", SecretBytes), Pictures.Chunk("iTXt", SecretBytes), Pictures.Chunk("acTL", SecretBytes));

        var photo = PhotoFile.Read(file).ShouldNotBeNull();

        photo.Content.ShouldBe(Pictures.Png(3, 2, colours));
        (photo.Width, photo.Height).ShouldBe((3, 2));
    }

    [Fact]
    public void A_webp_loses_its_exif_and_xmp_and_the_word_that_it_has_them()
    {
        var file = Pictures.WebP(3, 2, Pictures.Extended(0x08 | 0x04 | 0x10, 3, 2), Pictures.Riff("EXIF", SecretBytes), Pictures.Riff("XMP ", [.. SecretBytes, 0]));

        PhotoFile.Read(file).ShouldNotBeNull().Content.ShouldBe(Pictures.WebP(3, 2, Pictures.Extended(0x10, 3, 2)));
    }

    [Fact]
    public void A_webp_whose_canvas_is_not_its_picture_or_that_moves_is_refused()
    {
        PhotoFile.Read(Pictures.WebP(3, 2, Pictures.Extended(0, 3, 2))).ShouldNotBeNull();
        PhotoFile.Read(Pictures.WebP(3, 2, Pictures.Extended(0, 1, 1))).ShouldBeNull();
        PhotoFile.Read(Pictures.WebP(3, 2, Pictures.Extended(0x02, 3, 2))).ShouldBeNull();
    }

    [Fact]
    public void The_size_is_what_the_header_says_however_large()
    {
        var file = Pictures.Png(1, 1);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), int.MaxValue);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), int.MaxValue);
        var photo = PhotoFile.Read(file).ShouldNotBeNull();
        (photo.Width, photo.Height).ShouldBe((int.MaxValue, int.MaxValue));

        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), -1);
        PhotoFile.Read(file).ShouldBeNull();
    }

    [Fact]
    public void A_length_beyond_the_end_of_the_file_is_refused_and_not_believed()
    {
        var png = Pictures.Png(1, 1);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(33), uint.MaxValue);
        PhotoFile.Read(png).ShouldBeNull();

        var webp = Pictures.WebP(1, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(webp.AsSpan(16), uint.MaxValue);
        PhotoFile.Read(webp).ShouldBeNull();
    }
}
