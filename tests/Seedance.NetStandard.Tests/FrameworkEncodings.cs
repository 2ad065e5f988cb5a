using System.Runtime.CompilerServices;

namespace Seedance.NetStandard.Tests;

/// <summary>The code pages that .NET Framework has by itself, and that the runtime of these tests has on request only.</summary>
internal static class FrameworkEncodings
{
    [ModuleInitializer]
    internal static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
