/** What the service is called, to Knox and to MLflow. One place: XML, topology, gateway and backend all read it. */
export const service = {
  /** Knox's role: the key of `{$serviceUrl[KIRKA]}` and of the topology's `<service>`. */
  role: 'KIRKA',
  /** The path segment behind the topology: `/gateway/<topology>/kirka`. */
  name: 'kirka',
  /** Version of the service definition. Plain x.y.z: Knox loads the numerically highest. */
  version: '1.0.0',
} as const;

/** The MLflow release whose server is answered for; `/version` says so, and clients decide by it. */
export const mlflowVersion = '3.17.2';
