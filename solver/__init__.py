"""CP-SAT and explanations: which offers to take, and why not the others."""
