using System.Reflection;
using System.Runtime.Versioning;

namespace Seedance.NetStandard.Tests;

public sealed class BuildTests
{
    [Fact]
    public void Core_InThisProject_IsTheNetStandardBuild()
    {
        string? framework = typeof(Seedance.SeedanceServices).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName;

        Assert.Equal(".NETStandard,Version=v2.0", framework);
    }
}
