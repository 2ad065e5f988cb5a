using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host that takes local files and serves them to its models.</summary>
internal interface IUploadsMedia
{
    /// <summary>Bytes that the host takes of a file of this type, or null where it says nothing.</summary>
    long? UploadLimit(MediaType type);

    WireRequest BuildUpload(string path, string contentType);

    /// <summary>The address of the uploaded file; null when the answer names none.</summary>
    Uri? ReadUpload(WireResponse response);
}
