"""How strong are the tests: small faults are put into the product one at a time, and the tests have to notice."""
