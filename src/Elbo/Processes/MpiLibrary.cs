using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>
/// The C interface of Open MPI, versions 3 to 5 (libmpi.so.40), as far as it is used. Its handles are addresses of variables that it
/// exports.
/// </summary>
internal static unsafe partial class MpiLibrary
{
    /// <summary>Any thread may call at any time.</summary>
    public const int ThreadMultiple = 3;

    private const string Name = "libmpi.so.40";

    private static readonly Lazy<IntPtr> Loaded = new(() => NativeLibrary.TryLoad(Name, out var handle) ? handle : 0);

    /// <summary>The value in the place of an input that is overwritten.</summary>
    public static readonly IntPtr InPlace = 1;

    /// <summary>Whether this machine has the library.</summary>
    public static bool IsPresent => Loaded.Value != 0;

    public static IntPtr World => Export("ompi_mpi_comm_world");

    public static IntPtr Float => Export("ompi_mpi_float");

    public static IntPtr Double => Export("ompi_mpi_double");

    public static IntPtr Byte => Export("ompi_mpi_byte");

    public static IntPtr Add => Export("ompi_mpi_op_sum");

    public static IntPtr ErrorsReturn => Export("ompi_mpi_errors_return");

    [LibraryImport(Name, EntryPoint = "MPI_Init_thread")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Init(IntPtr argumentCount, IntPtr arguments, int required, out int provided);

    [LibraryImport(Name, EntryPoint = "MPI_Finalize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Finish();

    [LibraryImport(Name, EntryPoint = "MPI_Abort")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Abort(IntPtr communicator, int exitCode);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_rank")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Rank(IntPtr communicator, out int rank);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_size")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Size(IntPtr communicator, out int size);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Duplicate(IntPtr communicator, out IntPtr duplicate);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_set_errhandler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetErrorHandler(IntPtr communicator, IntPtr handler);

    [LibraryImport(Name, EntryPoint = "MPI_Iallreduce")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int BeginAllReduce(
        IntPtr input, IntPtr output, int count, IntPtr type, IntPtr operation, IntPtr communicator, out IntPtr request);

    [LibraryImport(Name, EntryPoint = "MPI_Iallgatherv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int BeginGather(
        void* input, int count, IntPtr type, void* output, int* counts, int* offsets, IntPtr outputType, IntPtr communicator,
        out IntPtr request);

    [LibraryImport(Name, EntryPoint = "MPI_Ibcast")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int BeginBroadcast(
        void* values, int count, IntPtr type, int root, IntPtr communicator, out IntPtr request);

    [LibraryImport(Name, EntryPoint = "MPI_Ibarrier")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int BeginBarrier(IntPtr communicator, out IntPtr request);

    [LibraryImport(Name, EntryPoint = "MPI_Isend")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int BeginSend(
        void* values, int count, IntPtr type, int to, int tag, IntPtr communicator, out IntPtr request);

    [LibraryImport(Name, EntryPoint = "MPI_Irecv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int BeginReceive(
        void* values, int count, IntPtr type, int from, int tag, IntPtr communicator, out IntPtr request);

    [LibraryImport(Name, EntryPoint = "MPI_Test")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Test(ref IntPtr request, out int isDone, IntPtr status);

    private static IntPtr Export(string name) => NativeLibrary.GetExport(Loaded.Value, name);
}
