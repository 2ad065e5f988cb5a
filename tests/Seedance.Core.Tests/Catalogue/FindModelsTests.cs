using Seedance.Catalogue;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Catalogue;

public sealed class FindModelsTests
{
    private readonly RecordingOutput _output = new();

    [Fact]
    public void Run_ExactName_MustBeFound()
    {
        FindModels.Run("no-such-model", null, null, null, _output);

        Assert.Equal(ErrorCode.ModelNotFound, Assert.Single(_output.Faults).Code);
    }

    [Fact]
    public void Run_Pattern_MayFindNothing()
    {
        FindModels.Run("no*", _ => false, null, null, _output);

        Assert.Empty(_output.Records);
    }

    [Fact]
    public void Run_ProviderAndMode_Filter()
    {
        FindModels.Run(null, null, "simulator", GenerationMode.Reference, _output);

        Assert.All(_output.Of("output").Cast<SeedanceModel>(), row => Assert.Equal(("Simulator", GenerationMode.Reference), (row.Provider, row.Mode)));
        Assert.NotEmpty(_output.Records);
    }

    [Fact]
    public void Run_UnknownProvider_Throws() => Assert.Equal(
        ErrorCode.InvalidRequest, Assert.Throws<SeedanceException>(() => FindModels.Run(null, null, "nobody", null, _output)).Code);
}
