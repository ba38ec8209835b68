using System.Globalization;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Listings.Photos;

/// <summary>Pictures in a folder. File names are ids and nothing else: what a visitor called the file is not written anywhere.</summary>
internal sealed class DiskPhotoStore(IOptions<PhotoOptions> options) : IPhotoStore
{
    public async Task SaveAsync(Guid id, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(picture, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Stream? Open(Guid id)
    {
        try
        {
            return new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 4096, useAsync: true);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(Guid id)
    {
        var path = PathOf(id);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    public IEnumerable<Guid> SavedBefore(int part, DateTimeOffset moment) => FilesBefore(moment, FolderOf(part))
        .Where(file => IsId(file.Name))
        .Select(file => Guid.ParseExact(file.Name, "N"));

    public int DeleteUnfinishedBefore(DateTimeOffset moment)
    {
        var unfinished = FilesBefore(moment, options.Value.Folder).Where(file => file.Name.Split('.') is [var name, var attempt] && IsId(name) && IsId(attempt)).ToList();
        unfinished.ForEach(file => file.Delete());
        return unfinished.Count;
    }

    /// <summary>What else lies in the folder is not ours, as its name says.</summary>
    private static IEnumerable<FileInfo> FilesBefore(DateTimeOffset moment, string path) =>
        new DirectoryInfo(path) is { Exists: true } folder
            ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < moment.UtcDateTime)
            : [];

    private static bool IsId(string name) => Guid.TryParseExact(name, "N", out _);

    private string FolderOf(int part) => Path.Combine(options.Value.Folder, part.ToString("x2", CultureInfo.InvariantCulture));

    private string PathOf(Guid id) => Path.Combine(FolderOf(id.ToByteArray()[^1]), id.ToString("N"));
}
