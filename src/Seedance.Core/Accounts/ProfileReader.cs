using Seedance.Wire;

namespace Seedance.Accounts;

/// <summary>
/// Reads the settings in a profile's file. One that is there and cannot be used is an error and never "not set": a cap would be lifted, and
/// a key would go out around the proxy or to another address.
/// </summary>
internal sealed class ProfileReader(WireNode document, string path) : DocumentReader(document)
{
    public override string? Text(string name, string? value) =>
        Read(name, static node => node.IsString ? node.Text : null, "no text");

    public override Uri? Address(string name, Uri? value) => Read(
        name,
        static node => node.Address is { UserInfo.Length: 0 } address ? address : null,
        "no http or https address without a user name");

    public override decimal? Number(string name, decimal? value) =>
        Read(name, static node => node.Number is >= 0 and { } amount ? amount : (decimal?)null, "no amount of zero or more");

    public override int? Integer(string name, int? value) => Read(
        name,
        static node => node.Number is >= 0 and <= int.MaxValue and { } number && number == decimal.Truncate(number)
            ? (int)number
            : (int?)null,
        "no whole number of zero or more");

    public override bool? Flag(string name, bool? value) => Read(name, static node => node.Flag, "neither true nor false");

    private T? Read<T>(string name, Func<WireNode, T?> read, string otherwise)
    {
        WireNode node = Document[name];
        bool isSet = node.Exists && !(node.IsString && string.IsNullOrWhiteSpace(node.Text));
        return !isSet ? default : read(node) is { } value ? value : throw new SeedanceException(
            ErrorCode.InvalidProfile,
            string.Format(
                CultureInfo.InvariantCulture,
                "'{1}' in the profile file {0} is {2}, so the profile cannot be used. Nothing was sent.",
                path,
                name,
                otherwise))
        {
            Target = Path.GetFileNameWithoutExtension(path),
            RecommendedAction = "Put the setting right in that file, or delete the file and run Set-SeedanceProfile again.",
        };
    }
}
