BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'A key' {
    BeforeEach {
        Reset-SeedanceState
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
        $canary = 'ca+nary/' + [guid]::NewGuid().ToString('n') + '=='
        $bytes = [System.Text.Encoding]::UTF8.GetBytes($canary)
        $forms = @($canary, [uri]::EscapeDataString($canary), [Convert]::ToBase64String($bytes), $canary.Substring(8, 32))
    }

    It 'is in no stream, transcript, error, record or sidecar of <Provider>' -ForEach @(
        @{ Provider = 'Muapi'; Variable = 'MUAPI_API_KEY' }
        @{ Provider = 'Seedance2Ai'; Variable = 'SEEDANCE_API_KEY' }
    ) {
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'poll:1 status 503', 'submit:2 status 400', 'submit:3 reset-after-accept'
        [Environment]::SetEnvironmentVariable($Variable, $canary)
        $model = (Get-SeedanceModel -Provider $Provider -Mode TextToVideo | Select-Object -First 1).Name
        $transcript = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n') + '.txt')
        $text = Invoke-NewProcess @"
`$VerbosePreference = 'Continue'; `$DebugPreference = 'Continue'; `$InformationPreference = 'Continue'; `$ErrorView = 'DetailedView'
`$null = Start-Transcript -Path '$transcript'
Get-SeedanceCredits -Provider $Provider *>&1 | Format-List -Property * -Force | Out-String -Width 4000
'a fox', 'a hare', 'an owl' | New-SeedanceVideo -Provider $Provider -Model $model -ContinueUnconfirmed *>&1 | Tee-Object -Variable made | Format-List -Property * -Force | Out-String -Width 4000
`$made.Where({ `$_ -is [Seedance.SeedanceJob] }) | Wait-SeedanceJob -TimeoutSec 1 *>&1 | Format-List -Property * -Force | Out-String -Width 4000
1..4 | ForEach-Object { Get-SeedanceJob -Refresh *>&1 } | Tee-Object -Variable ended | Format-List -Property * -Force | Out-String -Width 4000
`$ended.Where({ `$_ -is [Seedance.SeedanceJob] -and `$_.Status -eq 'Succeeded' }) | Select-Object -First 1 | Save-SeedanceVideo -Destination '$folder' *>&1 | Format-List -Property * -Force | Out-String -Width 4000
`$Error | Format-List -Property * -Force | Out-String -Width 4000
`$Error | ForEach-Object { `$_.Exception.ToString() }
`$null = Stop-Transcript
"@
        ($text -join "`n") | Should -Match 'SubmitUnconfirmed'
        @(Get-ChildItem -Path $folder -Filter *.mp4).Count | Should -BeGreaterThan 0
        if ($env:SUITE_SERVER) {
            $database = Split-Path -Path $env:SEEDANCE_HOME -Leaf
            Invoke-Psql -Database $database -Command 'select document from seedance.job union all select document from seedance.trace' |
                Set-Content -Path (Join-Path -Path $folder -ChildPath records.txt)
        }

        $files = Get-ChildItem -Path $env:SEEDANCE_HOME, $folder, $transcript -Recurse -File -Force
        $files.Count | Should -BeGreaterThan 3
        foreach ($form in $forms) {
            ($text -join "`n").Contains($form) | Should -BeFalse
            foreach ($file in $files) { [System.IO.File]::ReadAllText($file.FullName).Contains($form) | Should -BeFalse -Because $file.Name }
        }
    }

    It 'given as a SecureString works and reaches no record' {
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        Remove-Item -Path Env:MUAPI_API_KEY
        $key = [System.Net.NetworkCredential]::new('', $canary).SecurePassword
        $job = New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini -Resolution 480p -ApiKey $key
        { $job | Wait-SeedanceJob -ApiKey $key -TimeoutSec 1 -ErrorAction SilentlyContinue } | Should -Not -Throw
        (Get-SeedanceJob -Id $job.Id -Refresh -ApiKey $key).LastCheckedAt | Should -Not -BeNullOrEmpty
        foreach ($file in Get-ChildItem -Path $env:SEEDANCE_HOME -Recurse -File -Force) { [System.IO.File]::ReadAllText($file.FullName).Contains($canary.Substring(8, 32)) | Should -BeFalse }
    }
}
