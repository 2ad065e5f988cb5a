@{
    # Pester gives what BeforeAll and BeforeEach set to the tests, which the rule cannot see.
    ExcludeRules = @('PSUseDeclaredVarsMoreThanAssignments')
}
