/**
 * What a handler throws reaches the transport as it is.
 *
 * Nest puts "Internal server error" in the place of every error of a message handler, for a caller who is not to know more. Here
 * the caller is the transport, which has to tell a dependency that is away, and is waited for, from a fault that ends the process.
 */
import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

@Catch()
export class HandlerErrors implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
