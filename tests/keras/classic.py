"""The two classic exercises in every writing that checker.md names at its top."""
