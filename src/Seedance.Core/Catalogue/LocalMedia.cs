using Seedance.Media;
using Seedance.Models;

namespace Seedance.Catalogue;

/// <summary>A local file that a request refers to, and whether it is what its place asks for.</summary>
internal sealed record LocalMedia(string Path, MediaType Type, string ContentType, long Length)
{
    /// <summary>The file behind a reference, or why it cannot be used. The name proves nothing, so the first bytes decide.</summary>
    public static (LocalMedia? Media, string? Wrong) Read(string path, MediaType type)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            MediaFormat? format = MediaSniffer.Of(file);
            string wanted = type.ToString().ToLowerInvariant();
            string? wrong = file.Length == 0 ? " is empty"
                : format is null ? " is no " + wanted + " that a provider takes"
                : format.Type != type ? " is " + format.Name + " and no " + wanted
                : format.IsUploaded ? null
                : " is " + format.Name + ", which no provider takes";
            return wrong is null
                ? (new LocalMedia(path, type, format!.ContentType, file.Length), null)
                : (null, "the file " + path + wrong);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "the file " + path + " does not exist");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, "the file " + path + " cannot be read (" + error.Message + ")");
        }
    }
}
