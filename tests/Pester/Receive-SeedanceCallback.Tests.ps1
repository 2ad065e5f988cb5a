BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Receive-SeedanceCallback' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $job = New-SeedanceVideo 'a fox' -Provider Muapi -Model seedance-2-mini -Resolution 480p
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
    }

    It 'writes the job that a call names, as its provider tells it, and no other' {
        $bodies = @{ id = 'forged'; status = 'completed' }, @{ id = $job.ProviderJobId; status = 'completed' } | ForEach-Object { $_ | ConvertTo-Json -Compress }
        $calls = Start-ThreadJob -ScriptBlock {
            foreach ($body in $using:bodies) {
                $null = Invoke-WebRequest -Uri "http://127.0.0.1:$using:port/hook" -Method Post -Body $body -ContentType 'application/json' -MaximumRetryCount 20 -RetryIntervalSec 1
            }
        }
        $found = @(Receive-SeedanceCallback -Port $port -Path /hook -TimeoutSec 60 | Select-Object -First 1)
        $null = $calls | Wait-Job -Timeout 30 | Remove-Job -Force
        $found.Count | Should -Be 1
        $found[0].Id | Should -Be $job.Id
        $found[0].Status | Should -Be 'Succeeded'
    }

    It 'listens to nobody with -WhatIf' {
        Receive-SeedanceCallback -Port $port -WhatIf | Should -BeNullOrEmpty
    }

    It 'says that a port is taken' {
        $taken = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, $port)
        $taken.Start()
        try {
            { Receive-SeedanceCallback -Port $port -TimeoutSec 1 } | Should -Throw -ErrorId 'InvalidRequest,*'
        }
        finally {
            $taken.Stop()
        }
    }
}
