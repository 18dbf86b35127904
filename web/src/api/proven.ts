// Every number says when it was read and whether it is proven complete.
export interface Proven {
  as_of: string;
  proven: boolean;
  proof: string;
}
