/** A piece of the article this book grew from, or an error in it: where it stands and what it is, in a few words. */
export interface SourceItem {
  /** Section of the article; `whole` where it concerns all of it. */
  section: string;
  zh: string;
  en: string;
}

const item = (section: string, zh: string, en: string): SourceItem => ({ section, zh, en });

/**
 * Every item of the article by id. A diagram, listing or formula is named after its section, with its place in the
 * order of the section where there are several; an erratum by its row in our list of corrections.
 */
export const sources = {
  'diagram-2.1': item('2.1', '深度神经网络的层', 'Layers of a deep network'),
  'diagram-2.2': item('2.2', '数据集的形成', 'How a dataset is made'),
  'diagram-2.3': item('2.3', '训练过程', 'The training process'),
  'diagram-2.4': item('2.4', '应用场景', 'Applications'),
  'diagram-3.1.1': item('3.1.1', '卷积操作', 'The convolution operation'),
  'diagram-3.1.2': item('3.1.2', '池化操作', 'The pooling operation'),
  'diagram-3.1.3': item('3.1.3', '全连接层', 'The fully connected layer'),
  'diagram-3.2.1': item('3.2.1', '单个时间步', 'A single time step'),
  'diagram-3.2.2': item('3.2.2', '沿时间展开', 'Unrolled over time'),
  'diagram-3.3.1': item('3.3.1', '生成器', 'The generator'),
  'diagram-3.3.2': item('3.3.2', '判别器', 'The discriminator'),
  'diagram-3.3.3': item('3.3.3', '对抗训练', 'Adversarial training'),

  'formula-4.1.1-1': item('4.1.1', '卷积', 'Convolution'),
  'formula-4.1.1-2': item('4.1.1', '卷积逐项展开', 'Convolution term by term'),
  'formula-4.1.2-1': item('4.1.2', 'ReLU', 'ReLU'),
  'formula-4.1.2-2': item('4.1.2', 'ReLU 的例子', 'ReLU, an example'),
  'formula-4.2.1-1': item('4.2.1', '递推公式', 'The recurrence'),
  'formula-4.2.1-2': item('4.2.1', '权重矩阵的例子', 'An example weight matrix'),
  'formula-4.2.1-3': item('4.2.1', '偏置的例子', 'An example bias'),
  'formula-4.2.1-4': item('4.2.1', '三个时间步的计算', 'Three time steps worked out'),
  'formula-4.2.2-1': item('4.2.2', 'ReLU（重复）', 'ReLU, repeated'),
  'formula-4.2.2-2': item('4.2.2', 'ReLU 的例子（重复）', 'ReLU example, repeated'),

  'listing-5.1': item('5.1', '环境搭建', 'Setting up the environment'),
  'listing-5.2': item('5.2', '图像二分类的完整代码', 'A complete binary image classifier'),
  'listing-5.3-1': item('5.3', '数据预处理', 'Preprocessing'),
  'listing-5.3-2': item('5.3', '模型定义', 'The model'),
  'listing-5.3-3': item('5.3', '模型训练', 'Training'),
  'listing-5.3-4': item('5.3', '模型评估', 'Evaluation'),
  'listing-6.1': item('6.1', '智能客服', 'Customer service'),
  'listing-6.2': item('6.2', '智能医疗', 'Medicine'),
  'listing-6.3': item('6.3', '智能推荐', 'Recommendation'),

  'erratum-1': item('4.1.1', '卷积公式中的窗口不会移动', 'The window in the convolution formula never moves'),
  'erratum-2': item('4.1.1', '3×3 输入配 3×3 卷积核，输出是 1×1', 'A 3×3 input and a 3×3 kernel give 1×1'),
  'erratum-3': item('4.1.1', '四个输出各用一套权重', 'Four outputs with four sets of weights'),
  'erratum-4': item('4.1.1', '卷积需要二重求和，还有通道与偏置', 'Convolution needs a double sum, channels and a bias'),
  'erratum-5': item('3.1.1', '所谓卷积，实为互相关', 'What is called convolution is cross-correlation'),
  'erratum-6': item('4.2.1', '矩阵形状与标量结果不符', 'The matrix does not give a scalar'),
  'erratum-7': item('4.2.1', '输入序列的写法与初始状态', 'The input sequence and the initial state'),
  'erratum-8': item(
    '4.2.1',
    '权重的名称、激活函数与缺失的输出',
    'Names of the weights, the activation, the missing output',
  ),
  'erratum-9': item('3.2', '递归与循环混为一谈', 'Recursive is not recurrent'),
  'erratum-10': item('4.2.2', '激活函数一节原样重复', 'The activation section is repeated word for word'),
  'erratum-11': item('3.3.2', '真实图像被送进了生成器', 'The real image is fed to the generator'),
  'erratum-12': item('3.3', '缺少 GAN 的目标函数', 'The GAN objective is missing'),
  'erratum-13': item('3.3.3', '对抗训练没有交替与循环', 'Adversarial training without alternation or loop'),
  'erratum-14': item('2.3', '训练过程没有循环', 'The training process has no loop'),
  'erratum-15': item('2.4', '并列的应用被画成流水线', 'Parallel applications drawn as a pipeline'),
  'erratum-16': item('3.1.3', '特征图不能直接接全连接层', 'A feature map cannot enter a dense layer as it is'),
  'erratum-17': item('5.3', '卷积层是四个，不是三个', 'Four convolution layers, not three'),
  'erratum-18': item('5.3', '并未使用数据增强', 'No augmentation is used'),
  'erratum-19': item('5.3', 'rescale 缩放的是像素值', 'rescale multiplies pixel values'),
  'erratum-20': item('5.2', 'ImageDataGenerator 已弃用', 'ImageDataGenerator is deprecated'),
  'erratum-21': item('5.2', '每轮步数超出数据量', 'More steps per epoch than data'),
  'erratum-22': item('5.2', '参数过多，必然过拟合', 'Far too many parameters for the task'),
  'erratum-23': item('5.1', '在 Python 中安装 Python', 'Installing Python from Python'),
  'erratum-24': item('5.1', '过时的版本与重复的安装', 'Outdated versions, doubled installation'),
  'erratum-25': item('6', '6.1 与 6.3 代码相同，变量未定义', 'Listings 6.1 and 6.3 are the same; undefined names'),
  'erratum-26': item('7.1', 'DCGAN 论文的作者', 'Authors of the DCGAN paper'),
  'erratum-27': item('7.1', 'Goldberg 的书名', 'Title of Goldberg’s work'),
  'erratum-28': item('7.1', '查无此文：语音识别教程', 'No trace of the speech tutorial'),
  'erratum-29': item('7.3', '查无此文：时间序列预测简史', 'No trace of the time-series paper'),
  'erratum-30': item('7.3', 'GAN 论文的题目', 'Title of the GAN paper'),
  'erratum-31': item('7.1', '无效的知乎地址', 'A malformed address'),
  'erratum-32': item('7.1', '官方博客的地址', 'Addresses of the official blogs'),
  'erratum-33': item('1', '何谓大模型', 'What counts as a large model'),
  'erratum-34': item('whole', '双语只做了一半', 'Bilingual only in part'),
} as const satisfies Readonly<Record<string, SourceItem>>;

export type SourceId = keyof typeof sources;
