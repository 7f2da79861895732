// One test at a time: the count of live tensors is one for the whole process, and two teams of OpenMP threads fight for two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
