BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Show-SeedanceVideo' {
    BeforeEach {
        Reset-SeedanceState
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $takes = 'a red fox', 'a blue fox' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini -Resolution 480p | Wait-ByRefresh | Save-SeedanceVideo -Destination $folder
    }

    It 'writes one page beside the videos' {
        $page = $takes | Show-SeedanceVideo -NoOpen
        $page | Should -BeOfType System.IO.FileInfo
        $page.FullName | Should -Be (Join-Path -Path $folder -ChildPath review.html)
        $page.Length | Should -BeGreaterThan 20000
        Get-Content -LiteralPath $page.FullName -Raw | Should -Match ([regex]::Escape([uri]::EscapeDataString((Split-Path -Path $takes[0].Outputs[0].Path -Leaf))))
    }

    It 'writes the page that is named, again too, and no other file' {
        $path = Join-Path -Path $folder -ChildPath 'look/two.html'
        ($takes | Show-SeedanceVideo $path -NoOpen).FullName | Should -Be $path
        (Show-SeedanceVideo -Id $takes[0].Id -Path $path -NoOpen).FullName | Should -Be $path
        Set-Content -LiteralPath $path -Value mine
        (Invoke-Collected { $takes | Show-SeedanceVideo -Path $path -NoOpen }).Terminated | Get-ErrorCode | Should -Be 'FileExists'
        Get-Content -LiteralPath $path | Should -Be 'mine'
        ($takes | Show-SeedanceVideo -Path $path -NoOpen -Force).Length | Should -BeGreaterThan 20000
    }

    It 'finds out before anything is paid that the page cannot be written' {
        $before = @(Get-SeedanceJob).Count
        $result = Invoke-Collected { 'x' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini | Wait-SeedanceJob | Show-SeedanceVideo -Path "$PSCommandPath/below/review.html" }
        $result.Terminated | Get-ErrorCode | Should -Be 'SaveFailed'
        @(Get-SeedanceJob).Count | Should -Be $before
    }

    It 'writes nothing with -WhatIf, and nothing for no jobs' {
        $takes | Show-SeedanceVideo -NoOpen -WhatIf | Should -BeNullOrEmpty
        Get-SeedanceJob -Status Failed | Show-SeedanceVideo -NoOpen | Should -BeNullOrEmpty
        Test-Path -Path (Join-Path -Path $folder -ChildPath review.html) | Should -BeFalse
    }

    It 'reports a job that is not there and shows the others' {
        $result = Invoke-Collected { '20260101-000000-0000000', $takes[0].Id | Show-SeedanceVideo -NoOpen }
        $result.Errors | Get-ErrorCode | Should -Be 'JobNotFound'
        $result.Output.Name | Should -Be 'review.html'
    }

    It 'writes the jobs that are chosen in the page, with their ratings' {
        $chooser = {
            param($Note)
            while (-not (Test-Path -LiteralPath $Note)) { Start-Sleep -Milliseconds 50 }
            $ids = @((Get-Content -LiteralPath $Note) -split ' ')
            $root = [uri]$ids[0]
            $send = @{ Method = 'Post'; ContentType = 'application/json'; UseBasicParsing = $true; Headers = @{ Origin = $root.GetLeftPart('Authority') } }
            $null = Invoke-WebRequest @send -Uri ($root.AbsoluteUri + 'rate') -Body (@{ id = $ids[1]; rating = 4 } | ConvertTo-Json)
            $null = Invoke-WebRequest @send -Uri ($root.AbsoluteUri + 'choose') -Body (@{ ids = @($ids[1]) } | ConvertTo-Json)
        }
        $note = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
        $browser = [powershell]::Create().AddScript($chooser).AddArgument($note)
        $clicking = $browser.BeginInvoke()
        $chosen = $takes | Show-SeedanceVideo -PassThru -NoOpen 3>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.WarningRecord]) {
                Set-Content -LiteralPath "$note.new" -Value (([regex]'http://\S+').Match("$_").Value + ' ' + $takes[1].Id)
                Move-Item -LiteralPath "$note.new" -Destination $note
            }
            else { $_ }
        }
        $null = $browser.EndInvoke($clicking)
        $browser.Dispose()
        $chosen.Id | Should -Be $takes[1].Id
        $chosen.Rating | Should -Be 4
        Test-Path -Path (Join-Path -Path $folder -ChildPath review.html) | Should -BeFalse
    }
}
