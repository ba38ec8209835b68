using System.ComponentModel;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Api.Listings.Hosting;

namespace Travel.Api.Listings.Photos;

/// <summary>The body of an upload, as the OpenAPI document shows it.</summary>
internal sealed record PhotoForm(
    [property: Description("The picture: JPEG, PNG or (still) WebP.")] IFormFile File,
    [property: Description("What is to be seen, for those who do not see it: one line of at most 200 characters.")] string? Caption = null);

/// <summary>The body of an upload, read: a field <c>file</c>, and perhaps a field <c>caption</c>.</summary>
internal sealed record PhotoUpload(byte[] File, string Caption, ProblemHttpResult? Problem)
{
    /// <summary>What boundaries, names and the caption may take beside the file.</summary>
    private const int Framing = 64 * 1024;

    /// <summary>
    /// How far beyond the limit a body is still read: whoever is cut off while sending sees a broken connection and no reason for it.
    /// </summary>
    private const int Patience = 3;

    public static async Task<PhotoUpload> ReadAsync(HttpContext context, int mostBytes, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return Invalid("body", "A form of type multipart/form-data.");
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = ((long)Patience * mostBytes) + Framing;
        try
        {
            var form = await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 10, ValueLengthLimit = Framing }, cancellationToken);
            if ((form.Keys.FirstOrDefault(name => name != "caption") ?? form.Files.FirstOrDefault(file => file.Name != "file")?.Name) is { } unknown)
            {
                return Invalid(unknown, "Is not a field of this form.");
            }

            if (form.Files is not [{ Length: > 0 } file])
            {
                return Invalid("file", "One file that is not empty.");
            }

            if (file.Length > mostBytes)
            {
                return Refused(ListingProblems.TooLarge(mostBytes));
            }

            var bytes = new byte[file.Length];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            return new PhotoUpload(bytes, form["caption"].ToString().Trim(), Problem: null);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refused(ListingProblems.TooLarge(mostBytes));
        }
        catch (Exception broken) when (broken is InvalidDataException || IsCutOff(broken, cancellationToken))
        {
            return Invalid("body", "Is not a form that can be read.");
        }
    }

    /// <summary>The body ends before its last boundary.</summary>
    private static bool IsCutOff(Exception broken, CancellationToken visitor) => broken is IOException and not BadHttpRequestException && !visitor.IsCancellationRequested;

    private static PhotoUpload Invalid(string field, string error) => Refused(TypedResults.Problem(Problems.Invalid(field, error).ProblemDetails));

    private static PhotoUpload Refused(ProblemHttpResult problem) => new([], "", problem);
}
