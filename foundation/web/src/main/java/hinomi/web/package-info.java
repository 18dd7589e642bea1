/// The only general Vert.x code: a request comes in at [WebServer] on an event loop, passes the one
/// [Blocking] door onto a virtual thread of its own, is answered by an [Endpoint], and the [Reply]
/// goes back. Endpoints are plain methods that may block and throw; failures become HTTP in one
/// place. Nobody behind the door sees Vert.x.
@NullMarked
package hinomi.web;

import org.jspecify.annotations.NullMarked;
