"""One file per step and per question: shows, collects, reports; decides nothing."""
