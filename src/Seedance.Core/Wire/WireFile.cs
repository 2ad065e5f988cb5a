namespace Seedance.Wire;

/// <summary>A local file as the body of a message: one multipart field, or the whole body where <paramref name="Field"/> is null.</summary>
internal sealed record WireFile(string Path, string ContentType, string? Field);
