/** The 45 test methods of CPython 3.11's test_asyncore.py and test_asynchat.py, by class. */
export const CPYTHON_TESTS: Readonly<Record<string, readonly string[]>> = {
  HelperFunctionTests: [
    'test_readwriteexc',
    'test_readwrite',
    'test_closeall',
    'test_closeall_default',
    'test_compact_traceback',
  ],
  DispatcherTests: [
    'test_basic',
    'test_repr',
    'test_log',
    'test_log_info',
    'test_unhandled',
    'test_strerror',
  ],
  DispatcherWithSendTests: ['test_send'],
  FileWrapperTest: ['test_recv', 'test_send', 'test_dispatcher', 'test_resource_warning', 'test_close_twice'],
  BaseTestAPI: [
    'test_handle_connect',
    'test_handle_accept',
    'test_handle_accepted',
    'test_handle_read',
    'test_handle_write',
    'test_handle_close',
    'test_handle_close_after_conn_broken',
    'test_handle_expt',
    'test_handle_error',
    'test_connection_attributes',
    'test_create_socket',
    'test_bind',
    'test_set_reuse_addr',
    'test_quick_connect',
  ],
  TestAsynchat: [
    'test_line_terminator1',
    'test_line_terminator2',
    'test_line_terminator3',
    'test_numeric_terminator1',
    'test_numeric_terminator2',
    'test_none_terminator',
    'test_simple_producer',
    'test_string_producer',
    'test_empty_line',
    'test_close_when_done',
    'test_push',
  ],
  TestAsynchatMocked: ['test_blockingioerror'],
  TestHelperFunctions: ['test_find_prefix_at_end'],
  TestNotConnected: ['test_disallow_negative_terminator'],
};

/** Methods with nothing to test here, and why. */
export const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  'FileWrapperTest.test_resource_warning':
    'a warning at garbage collection: JavaScript has no finaliser that runs at a known time. What was left open is ' +
    'listed by reactor.channels() instead, which test/core/reactor.test.ts shows',
};

/** Methods that run on some backends only, and why not on the others. */
export const NOT_ON_BACKEND: Readonly<Record<string, string>> = {
  'BaseTestAPI.test_handle_expt': 'node:net has no MSG_OOB, so urgent data exists in memory only',
};
