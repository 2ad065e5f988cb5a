namespace Seedance.Wire;

/// <summary>
/// A local file as the body of a message: one multipart field, or the whole body where <paramref name="Field"/> is null. Beside a JSON body
/// it is the property <paramref name="Field"/> of it, as a data address.
/// </summary>
internal sealed record WireFile(string Path, string ContentType, string? Field);
